#define _GNU_SOURCE
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void shut(int *descriptor) {
  if (*descriptor >= 0) close(*descriptor);
  *descriptor = -1;
}

// A descriptor that is not one of the three standard ones, which the child gets new.
static int above_standard(int descriptor) {
  if (descriptor < 0 || descriptor > 2) return descriptor;
  int higher = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  close(descriptor);
  return higher;
}

static int open_pipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  ends[0] = above_standard(ends[0]);
  ends[1] = above_standard(ends[1]);
  return ends[0] < 0 || ends[1] < 0 ? EMFILE : 0;
}

// A file in memory and not a pipe: nobody has to feed it while the child runs.
static int open_input(const void *bytes, size_t count, int *descriptor) {
  if (count == 0) {
    *descriptor = above_standard(open("/dev/null", O_RDONLY | O_CLOEXEC));
    return *descriptor < 0 ? errno : 0;
  }
  *descriptor = above_standard(memfd_create("input", MFD_CLOEXEC));
  if (*descriptor < 0) return errno;
  for (size_t done = 0; done < count;) {
    ssize_t written = write(*descriptor, (const char *)bytes + done, count - done);
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) done += (size_t)written;
  }
  return lseek(*descriptor, 0, SEEK_SET) < 0 ? errno : 0;
}

static int names(const char *variable, const char *change) {
  size_t length = strcspn(change, "=");
  return strncmp(variable, change, length) == 0 && variable[length] == '=';
}

// This process's environment with the changes; the strings stay where they are.
static char **changed_environment(char *const *changes) {
  size_t own = 0, most = 0;
  while (environ != NULL && environ[own] != NULL) own++;
  while (changes[most] != NULL) most++;
  char **result = malloc((own + most + 1) * sizeof *result);
  if (result == NULL) return NULL;
  size_t count = 0;
  for (size_t i = 0; i < own; i++) {
    size_t change = 0;
    while (change < most && !names(environ[i], changes[change])) change++;
    if (change == most) result[count++] = environ[i];
  }
  for (size_t i = 0; i < most; i++)
    if (strchr(changes[i], '=') != NULL) result[count++] = changes[i];
  result[count] = NULL;
  return result;
}

static int start(const struct cprocess_call *call, int input, int output, int complaint, pid_t *child) {
  char **environment = changed_environment(call->changes);
  if (environment == NULL) return ENOMEM;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t defaults, none;
  sigemptyset(&none);
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  int error = posix_spawn_file_actions_init(&actions);
  if (error == 0) error = posix_spawnattr_init(&attributes);
  if (error != 0) {
    free(environment);
    return error;
  }
  if (error == 0) error = posix_spawn_file_actions_adddup2(&actions, input, 0);
  if (error == 0) error = posix_spawn_file_actions_adddup2(&actions, output, 1);
  if (error == 0) error = posix_spawn_file_actions_adddup2(&actions, complaint, 2);
  if (error == 0 && call->directory != NULL)
    error = posix_spawn_file_actions_addchdir_np(&actions, call->directory);
  if (error == 0) error = posix_spawnattr_setsigmask(&attributes, &none);
  if (error == 0) error = posix_spawnattr_setsigdefault(&attributes, &defaults);
  if (error == 0)
    error = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  if (error == 0)
    error = posix_spawn(child, call->program, &actions, &attributes, call->arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  free(environment);
  return error;
}

// Reads what is there; 0 at the end, a negative number on failure.
static ssize_t take(int descriptor, struct cprocess_bytes *bytes, size_t *room) {
  if (bytes->count == *room) {
    size_t larger = *room == 0 ? 16384 : *room * 2;
    unsigned char *moved = realloc(bytes->start, larger);
    if (moved == NULL) return -1;
    bytes->start = moved;
    *room = larger;
  }
  ssize_t count;
  do count = read(descriptor, bytes->start + bytes->count, *room - bytes->count);
  while (count < 0 && errno == EINTR);
  if (count > 0) bytes->count += (size_t)count;
  return count;
}

static int collect(const struct cprocess_call *call, int output, int complaint, struct cprocess_answer *answer) {
  struct pollfd open[2] = {{output, POLLIN, 0}, {complaint, POLLIN, 0}};
  struct cprocess_bytes *into[2] = {&answer->output, &answer->complaint};
  size_t room[2] = {0, 0};
  while (open[0].fd >= 0 || open[1].fd >= 0) {
    if (poll(open, 2, -1) < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    for (int i = 0; i < 2; i++) {
      if (open[i].fd < 0 || open[i].revents == 0) continue;
      ssize_t count = take(open[i].fd, into[i], &room[i]);
      if (count < 0) return errno;
      if (count == 0) open[i].fd = -1;
    }
    if (answer->output.count > call->output_limit) return EFBIG;
    if (answer->complaint.count > call->complaint_limit)
      answer->complaint.count = call->complaint_limit;
  }
  return 0;
}

static int await(pid_t child, int *status) {
  int raw;
  while (waitpid(child, &raw, 0) < 0)
    if (errno != EINTR) return errno;
  *status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
  return 0;
}

int cprocess_run(const struct cprocess_call *call, struct cprocess_answer *answer) {
  memset(answer, 0, sizeof *answer);
  int input = -1, output[2] = {-1, -1}, complaint[2] = {-1, -1};
  pid_t child = -1;
  int error = open_input(call->input, call->input_count, &input);
  if (error == 0) error = open_pipe(output);
  if (error == 0) error = open_pipe(complaint);
  if (error == 0) error = start(call, input, output[1], complaint[1], &child);
  shut(&input);
  shut(&output[1]);
  shut(&complaint[1]);
  if (error == 0) {
    error = collect(call, output[0], complaint[0], answer);
    if (error != 0) kill(child, SIGKILL);
    int waited = await(child, &answer->status);
    if (error == 0) error = waited;
  }
  shut(&output[0]);
  shut(&complaint[0]);
  if (error != 0) cprocess_free(answer);
  return error;
}

void cprocess_free(struct cprocess_answer *answer) {
  free(answer->output.start);
  free(answer->complaint.start);
  memset(answer, 0, sizeof *answer);
}
