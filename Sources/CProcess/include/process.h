#pragma once
#include <stddef.h>

/// One program to run from start to end, without a shell.
struct cprocess_call {
  /// The file to run.
  const char *program;
  /// Its arguments, its own name first, NULL at the end.
  char *const *arguments;
  /// `NAME=value` to set, `NAME` to leave out of this process's environment; NULL at the end.
  char *const *changes;
  /// Where it runs; NULL for here.
  const char *directory;
  /// What it reads on standard input.
  const void *input;
  size_t input_count;
  /// Bytes of standard output above which it is stopped.
  size_t output_limit;
  /// Bytes of standard error that are kept.
  size_t complaint_limit;
};

/// Bytes that belong to an answer.
struct cprocess_bytes {
  unsigned char *start;
  size_t count;
};

/// What a program left behind; given back with `cprocess_free`.
struct cprocess_answer {
  /// The exit status; 128 and the number for a signal.
  int status;
  struct cprocess_bytes output;
  struct cprocess_bytes complaint;
};

/// Runs a program and waits for it; 0, or the number of the error that kept it from answering.
///
/// `EFBIG` means that it said more than `output_limit`.
int cprocess_run(const struct cprocess_call *call, struct cprocess_answer *answer);

/// Releases what an answer holds.
void cprocess_free(struct cprocess_answer *answer);
