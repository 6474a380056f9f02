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

/*
 * Nothing but a hard interrupt can then come in between on this CPU. (Not so on
 * PREEMPT_RT, whose softirqs are not counted here: there this is always false.)
 */
static __always_inline _Bool bottom_halves_off(void)
{
	return preempt_count() & SOFTIRQ_MASK;
}

/* include/linux/container_of.h, by the running kernel's offset */
#define containing(pointer, type, member)                                                          \
	((type *)((__u64)(pointer)-bpf_core_field_offset(type, member)))

static __always_inline _Bool is_error_pointer(__u64 pointer)
{
	return pointer >= (__u64)-MAX_ERRNO;
}

/* An argument of the function that a kprobe is at: System V and AAPCS64 pass these in registers. */
static __always_inline __u64 call_argument(void *registers, int number)
{
	struct pt_regs___x86 *x86 = registers;
	struct pt_regs___arm64 *arm64 = registers;

	if (bpf_core_field_exists(x86->di))
		return number == 0   ? BPF_CORE_READ(x86, di)
		       : number == 1 ? BPF_CORE_READ(x86, si)
		       : number == 2 ? BPF_CORE_READ(x86, dx)
		       : number == 3 ? BPF_CORE_READ(x86, cx)
				     : BPF_CORE_READ(x86, r8);
	return number == 0   ? BPF_CORE_READ(arm64, regs[0])
	       : number == 1 ? BPF_CORE_READ(arm64, regs[1])
	       : number == 2 ? BPF_CORE_READ(arm64, regs[2])
	       : number == 3 ? BPF_CORE_READ(arm64, regs[3])
			     : BPF_CORE_READ(arm64, regs[4]);
}

/* What the function returned that a kretprobe is at. */
static __always_inline __u64 call_result(void *registers)
{
	struct pt_regs___x86 *x86 = registers;
	struct pt_regs___arm64 *arm64 = registers;

	if (bpf_core_field_exists(x86->ax))
		return BPF_CORE_READ(x86, ax);
	return BPF_CORE_READ(arm64, regs[0]);
}

/*
 * The interface that a station command is about: 7.2 traces the wireless_dev
 * where former kernels trace the net_device, and which one it is shows only in
 * the pointers themselves, which point at one another.
 */
static __always_inline struct wireless_dev *wireless_dev_of(__u64 traced)
{
	struct net_device *as_netdev = (struct net_device *)traced;
	struct wireless_dev *wdev = BPF_CORE_READ(as_netdev, ieee80211_ptr);

	if (wdev && BPF_CORE_READ(wdev, netdev) == as_netdev)
		return wdev;
	return (struct wireless_dev *)traced;
}

#endif
