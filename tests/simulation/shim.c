/* Let the N-th write, fsync, rename or removal of this process fail, or end the process there, half-written.
   Loaded before the C library, so that it reaches what the database writes too. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

enum { FAIL = 1, KILL = 2, GONE = 3 }; /* once; the process ends; from here on everything */
static long left = -1;
static int mode, fired;

void shim_arm(long number, int how) { left = number; mode = how; fired = 0; }
int shim_disarm(void) { left = -1; return fired; }

static int strikes(void) {
    if (left < 0) return 0;
    if (left > 1) { left--; return 0; }
    fired = 1;
    if (mode != GONE) left = -1;
    return 1;
}
static int ends(int code) { if (mode == KILL) _exit(code); errno = EIO; return -1; }
#define REAL(type, name) static type (*real)() ; if (!real) real = (type (*)()) dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(ssize_t, write);
    if (fd > 2 && strikes()) { real(fd, data, size / 2); return ends(9); }
    return real(fd, data, size);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(ssize_t, pwrite64);
    if (strikes()) { real(fd, data, size / 2, at); return ends(9); }
    return real(fd, data, size, at);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    REAL(ssize_t, pwrite);
    if (strikes()) { real(fd, data, size / 2, at); return ends(9); }
    return real(fd, data, size, at);
}
#define ONE(name, args, call) int name args { REAL(int, name); if (strikes()) return ends(9); return real call; }
ONE(fsync, (int fd), (fd))
ONE(fdatasync, (int fd), (fd))
ONE(ftruncate64, (int fd, off64_t size), (fd, size))
ONE(ftruncate, (int fd, off_t size), (fd, size))
ONE(rename, (const char *from, const char *to), (from, to))
ONE(unlink, (const char *path), (path))
