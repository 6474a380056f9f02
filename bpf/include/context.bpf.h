/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Which execution context runs: what is open in one (an entry whose exit is to
 * come) must not be closed by another.
 *
 * A thread id alone is no key: 6 to 13 % of mac80211's softirq events ran on a
 * thread that was already inside a mesh function, and all idle CPUs share tid 0.
 * A CPU alone is none either: process context migrates.
 */
#ifndef MESHPATH_CONTEXT_BPF_H
#define MESHPATH_CONTEXT_BPF_H

#include "kernel_compat.bpf.h"

#define CONTEXT_SOFTIRQ (1ULL << 40)
#define CONTEXT_IDLE	(2ULL << 40)

static __always_inline __u64 context_key(void)
{
	__u32 tid = (__u32)bpf_get_current_pid_tgid();

	if (serving_softirq())
		return CONTEXT_SOFTIRQ | bpf_get_smp_processor_id();
	if (!tid)
		return CONTEXT_IDLE | bpf_get_smp_processor_id();
	return tid;
}

#endif
