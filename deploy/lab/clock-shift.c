/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Preloaded, it lets a program see a real-time clock that is wrong by
 * LAB_CLOCK_SHIFT seconds, and nothing else: libfaketime makes a JVM start ten
 * times more slowly, because it takes a lock for each look at any clock. The
 * monotonic clock, which the kernel's records carry, stays.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

#define NS_PER_S 1000000000LL

static int (*kernels)(clockid_t, struct timespec *);
static long long shift_ns;

__attribute__((constructor)) static void set_up(void)
{
	const char *seconds = getenv("LAB_CLOCK_SHIFT");

	kernels = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
	shift_ns = seconds ? (long long)(strtod(seconds, NULL) * NS_PER_S) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *ts)
{
	long long ns;
	int error;

	if (!kernels)
		set_up();
	error = kernels(clock, ts);
	if (error || (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE))
		return error;
	ns = ts->tv_sec * NS_PER_S + ts->tv_nsec + shift_ns;
	ts->tv_sec = ns / NS_PER_S;
	ts->tv_nsec = ns % NS_PER_S;
	return 0;
}

int gettimeofday(struct timeval *restrict tv, void *restrict zone)
{
	struct timespec ts;
	int error = clock_gettime(CLOCK_REALTIME, &ts);

	(void)zone;
	tv->tv_sec = ts.tv_sec;
	tv->tv_usec = ts.tv_nsec / 1000;
	return error;
}

time_t time(time_t *to)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	if (to)
		*to = ts.tv_sec;
	return ts.tv_sec;
}
