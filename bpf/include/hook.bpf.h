/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * A hook is a kernel function and what we do when it is entered or returns. It
 * is written once, as on_FUNCTION() or after_FUNCTION(), over plain words; these
 * macros make a program of it for each way to attach. User space loads the best
 * one that the kernel has: fentry and fexit, else a kprobe and a kretprobe.
 */
#ifndef MESHPATH_HOOK_BPF_H
#define MESHPATH_HOOK_BPF_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "context.bpf.h"
#include "emit.bpf.h"

/* The raw word: typed pointers must not be subtracted, bpf_get_func_arg() gives plain ones. */
static __always_inline __u64 traced_argument(void *ctx, int number)
{
	__u64 word = 0;

	bpf_get_func_arg(ctx, number, &word);
	return word;
}

static __always_inline __u64 traced_result(void *ctx)
{
	__u64 word = 0;

	bpf_get_func_ret(ctx, &word);
	return word;
}

/* At the entry of @function: on_@function(word, word, word). Words behind the last argument are 0
 * or noise. */
#define HOOK_ENTRY(function)                                                                       \
	SEC("?fentry/" #function) int function##_entry(void *ctx)                                  \
	{                                                                                          \
		return on_##function(traced_argument(ctx, 0), traced_argument(ctx, 1),             \
				     traced_argument(ctx, 2));                                     \
	}                                                                                          \
	SEC("?kprobe/" #function) int function##_entry_kprobe(void *ctx)                           \
	{                                                                                          \
		return on_##function(call_argument(ctx, 0), call_argument(ctx, 1),                 \
				     call_argument(ctx, 2));                                       \
	}

/* The same, of a function with more arguments: on_@function(word, word, word, word, word). */
#define HOOK_ENTRY_5(function)                                                                     \
	SEC("?fentry/" #function) int function##_entry(void *ctx)                                  \
	{                                                                                          \
		return on_##function(traced_argument(ctx, 0), traced_argument(ctx, 1),             \
				     traced_argument(ctx, 2), traced_argument(ctx, 3),             \
				     traced_argument(ctx, 4));                                     \
	}                                                                                          \
	SEC("?kprobe/" #function) int function##_entry_kprobe(void *ctx)                           \
	{                                                                                          \
		return on_##function(call_argument(ctx, 0), call_argument(ctx, 1),                 \
				     call_argument(ctx, 2), call_argument(ctx, 3),                 \
				     call_argument(ctx, 4));                                       \
	}

/* At its return: after_@function(result). */
#define HOOK_EXIT(function)                                                                        \
	SEC("?fexit/" #function) int function##_exit(void *ctx)                                    \
	{                                                                                          \
		return after_##function(traced_result(ctx));                                       \
	}                                                                                          \
	SEC("?kretprobe/" #function) int function##_exit_kprobe(void *ctx)                         \
	{                                                                                          \
		return after_##function(call_result(ctx));                                         \
	}

/* The arguments of a call, which its kretprobe does not have any more. */
struct call {
	__u64 argument[3];
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64); /* context_key() */
	__type(value, struct call);
} hook_calls SEC(".maps");

static __always_inline int remember_call(void *ctx)
{
	struct call call = {
		.argument = {call_argument(ctx, 0), call_argument(ctx, 1), call_argument(ctx, 2)},
	};
	__u64 key = context_key();

	if (bpf_map_update_elem(&hook_calls, &key, &call, BPF_ANY))
		count(LEDGER_MAP_FULL);
	return 0;
}

/*
 * At its return, with its arguments: after_@function(word, word, word, result).
 * Such functions do not nest in one another: one call is remembered a context.
 */
#define HOOK_RETURN(function)                                                                      \
	SEC("?fexit/" #function) int function##_exit(void *ctx)                                    \
	{                                                                                          \
		return after_##function(traced_argument(ctx, 0), traced_argument(ctx, 1),          \
					traced_argument(ctx, 2), traced_result(ctx));              \
	}                                                                                          \
	SEC("?kprobe/" #function) int function##_call_kprobe(void *ctx)                            \
	{                                                                                          \
		return remember_call(ctx);                                                         \
	}                                                                                          \
	SEC("?kretprobe/" #function) int function##_exit_kprobe(void *ctx)                         \
	{                                                                                          \
		__u64 key = context_key();                                                         \
		struct call *call = bpf_map_lookup_elem(&hook_calls, &key);                        \
                                                                                                   \
		if (!call)                                                                         \
			return 0;                                                                  \
		after_##function(call->argument[0], call->argument[1], call->argument[2],          \
				 call_result(ctx));                                                \
		bpf_map_delete_elem(&hook_calls, &key);                                            \
		return 0;                                                                          \
	}

/* At a raw tracepoint, which needs no BTF: on_@tracepoint(word, word, word). */
#define HOOK_TRACEPOINT(tracepoint)                                                                \
	SEC("?raw_tp/" #tracepoint)                                                                \
	int tracepoint##_tracepoint(struct bpf_raw_tracepoint_args *ctx)                           \
	{                                                                                          \
		return on_##tracepoint(ctx->args);                                                 \
	}

#endif
