#define _GNU_SOURCE
#include "shim.h"

#if defined(CGIT2_LINKED_IN)

#include <pthread.h>

// libgit2 takes a lock a dozen times for each object that it reads from a pack, mostly one that all
// packs share, and gives it back after some ten instructions. Whoever finds it taken is put to sleep
// and woken again, for a hundred times as long: two workers were no faster than one. Here they try a
// few more times first (`PTHREAD_MUTEX_ADAPTIVE_NP`). The linker sends every call here, with `--wrap`
// (Package.swift).

int __real_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes);
int __wrap_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes);

int __wrap_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes) {
#if defined(__GLIBC__)
  if (attributes == NULL) {
    pthread_mutexattr_t patient;
    int status = pthread_mutexattr_init(&patient);
    if (status == 0) status = pthread_mutexattr_settype(&patient, PTHREAD_MUTEX_ADAPTIVE_NP);
    return status == 0 ? __real_pthread_mutex_init(mutex, &patient) : status;
  }
#endif
  return __real_pthread_mutex_init(mutex, attributes);
}

#endif
