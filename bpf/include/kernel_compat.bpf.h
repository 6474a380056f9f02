/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * One accessor for each thing that kernels do differently. Nothing else in
 * bpf/ asks which kernel it runs on.
 */
#ifndef MESHPATH_KERNEL_COMPAT_BPF_H
#define MESHPATH_KERNEL_COMPAT_BPF_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include "kernel_types.h"

/*
 * x86 keeps the preemption count in a per-CPU variable: __preempt_count, which
 * 6.2 moved into pcpu_hot (commit 64701838bf05) and 6.15 moved back (commit
 * 46e8fff6d45f). arm64 keeps it in thread_info.
 */
extern int __preempt_count __ksym __weak;
extern struct pcpu_hot pcpu_hot __ksym __weak;

static __always_inline unsigned int preempt_count(void)
{
	if (bpf_core_field_exists(struct thread_info, preempt_count)) {
		struct task_struct *task = (void *)bpf_get_current_task();

		return BPF_CORE_READ(task, thread_info.preempt_count);
	}
	if (&__preempt_count)
		return *(int *)bpf_this_cpu_ptr(&__preempt_count);
	if (&pcpu_hot)
		return ((struct pcpu_hot *)bpf_this_cpu_ptr(&pcpu_hot))->preempt_count;
	return 0;
}

static __always_inline _Bool serving_softirq(void)
{
	return preempt_count() & SOFTIRQ_OFFSET;
}

static __always_inline _Bool is_error_pointer(__u64 pointer)
{
	return pointer >= (__u64)-MAX_ERRNO;
}

#endif
