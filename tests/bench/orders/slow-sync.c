/* Loaded before the C library: sleeps SLOW_SYNC_US microseconds before every fsync and fdatasync, as a cloud disk would. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

typedef int (*sync_call)(int);

static void rest(void) {
  static long micros = -1;
  if (micros < 0) {
    const char *setting = getenv("SLOW_SYNC_US");
    micros = setting ? atol(setting) : 0;
  }
  struct timespec pause = {micros / 1000000, (micros % 1000000) * 1000};
  nanosleep(&pause, 0);
}

int fsync(int fd) {
  static sync_call real;
  if (!real) real = (sync_call)dlsym(RTLD_NEXT, "fsync");
  rest();
  return real(fd);
}

int fdatasync(int fd) {
  static sync_call real;
  if (!real) real = (sync_call)dlsym(RTLD_NEXT, "fdatasync");
  rest();
  return real(fd);
}
