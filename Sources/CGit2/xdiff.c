#include "shim.h"

#if defined(CGIT2_LINKED_IN)

#include <stdint.h>
#include <string.h>

// Stands in for one function of libgit2's xdiff, which spends half of its time there: it hashes all
// lines of both files, byte by byte. What a hash is does not matter to the outcome: lines with equal
// hashes are compared (xdl_classify_record in xprepare.c). The linker sends every call here, with
// `--wrap` (Package.swift).

unsigned long __real_xdl_hash_record(char const **data, char const *top, long flags);
unsigned long __wrap_xdl_hash_record(char const **data, char const *top, long flags);

/// All XDF_ flags that make unequal lines the same, with room for new ones (xdiff.h).
static const long whitespace_flags = 0x7e;

static const uint64_t ones = UINT64_C(0x0101010101010101);
static const uint64_t highs = UINT64_C(0x8080808080808080);

static uint64_t mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
  return hash ^ hash >> 32;
}

/// The hash of the line at `*data`, which is moved to the next one.
unsigned long __wrap_xdl_hash_record(char const **data, char const *top, long flags) {
  if (flags & whitespace_flags) return __real_xdl_hash_record(data, top, flags);
  char const *at = *data;
  uint64_t hash = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  while (top - at >= 8) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    uint64_t other = word ^ ones * '\n';
    // The lowest bit that is set belongs to the first line feed; those above it may be wrong.
    uint64_t ends = (other - ones) & ~other & highs;
    if (ends) {
      int bits = __builtin_ctzll(ends) - 7;
      *data = at + bits / 8 + 1;
      return mix(hash, word & ((UINT64_C(1) << bits) - 1));
    }
    hash = mix(hash, word);
    at += 8;
  }
#endif
  // What a line has beyond its last eight bytes is one word with zeros, wherever the file ends.
  uint64_t word = 0;
  unsigned count = 0;
  while (at < top && *at != '\n') {
    word |= (uint64_t)(unsigned char)*at << 8 * count;
    at += 1;
    count += 1;
    if (count == 8) {
      hash = mix(hash, word);
      word = 0;
      count = 0;
    }
  }
  *data = at < top ? at + 1 : at;
  return mix(hash, word);
}

#endif
