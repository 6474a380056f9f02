/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What caused an event: the innermost cause that is open where it happens.
 *
 * Frames, commands and timers open a scope when they come in and close it when
 * they are done. A scope belongs to its execution context (context_key()). Data
 * frames have slots of their own, a CPU each: mac80211 handles them with bottom
 * halves off, so nothing else can run on that CPU before they are done, and the
 * data path pays two stores instead of a hash lookup.
 */
#ifndef MESHPATH_CAUSE_BPF_H
#define MESHPATH_CAUSE_BPF_H

#include "hook.bpf.h"
#include "mesh_path.h"

/* Scopes do not nest deeper: a command that flushes a wiphy's work handles a frame. */
#define SCOPES 4
/* Nothing here takes so long; what is older was left open by an exit that was missed. */
#define SCOPE_LIFE_NS 10000000000ULL

enum scope_kind {
	SCOPE_NONE,
	SCOPE_MGMT_FRAME, /* ieee80211_mesh_rx_queued_mgmt */
	SCOPE_MESH_WORK,  /* ieee80211_mesh_work: housekeeping, discovery */
	SCOPE_COMMAND,	  /* rdev_* of cfg80211 */
	SCOPE_PATH_TIMER, /* mesh_path_timer */
};

/* What has been told of a frame already. */
#define TOLD_DEACTIVATION 1
#define TOLD_ALL	  2

struct scope {
	__u64 since_ns;
	__u64 sdata;
	__u64 subject;		       /* the struct mesh_path that it is about, 0: none */
	__u64 station;		       /* COMMAND: address of the peer's MAC address */
	__u64 skb;		       /* MGMT_FRAME: the frame; 0: only its bytes are known */
	__u64 mgmt;		       /* MGMT_FRAME: where its bytes are */
	__u32 kind;		       /* enum scope_kind */
	__u32 rann_metric;	       /* of the subject before */
	__u64 told;		       /* MGMT_FRAME: TOLD_* */
	unsigned long exp_time;	       /* PATH_TIMER: of the subject before */
	struct mesh_path_state before; /* of the subject */
	struct path_cause_record cause;
};

struct context {
	__u64 depth;
	__u64 closing; /* closing_scope() */
	struct scope scopes[SCOPES];
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 512);
	__type(key, __u64); /* context_key() */
	__type(value, struct context);
} cause_contexts SEC(".maps");

/* The data frame that is being handled on a CPU. */
struct data_frame {
	__u64 tx_skb;	/* being sent */
	__u64 tx_form;	/* enum frame_form */
	__u64 rx_skb;	/* received, to be forwarded perhaps */
	__u64 rx_sta;	/* its transmitter */
	__u64 lost_skb; /* the last one that went unacknowledged */
	/* a received frame that names another owner of a proxied host than the table has */
	__u64 proxy;	  /* the host's entry, a struct mesh_path *; 0: none */
	__u8 headers[32]; /* the frame's, which may be gone when it is done */
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct data_frame);
} cause_data_frame SEC(".maps");

/*
 * Bytes of a data frame that leave the kernel. By default only headers: 802.11
 * with four addresses, QoS and mesh control, LLC, then ARP, or IPv4 and ports.
 */
const volatile __u32 data_frame_bytes = 74;
/* In an 802.3 frame the same headers are so much shorter. */
#define SHORTER_8023 32
/* Bytes of an HWMP or peering frame in its own record. */
const volatile __u32 whole_frame_bytes = WHOLE_FRAME_ROOM;

/* Whether the hooks on the data path are on; then no data frame is unseen. */
const volatile __u32 data_frames_watched = 1;

static const struct context empty_context = {};

static __always_inline _Bool same_address(const __u8 *a, const __u8 *b)
{
#pragma unroll
	for (int i = 0; i < ETH_ALEN; i++) {
		if (a[i] != b[i])
			return 0;
	}
	return 1;
}

static __always_inline struct data_frame *data_frame(void)
{
	__u32 key = 0;

	return bpf_map_lookup_elem(&cause_data_frame, &key);
}

static __always_inline struct context *find_context(void)
{
	__u64 key = context_key();

	return bpf_map_lookup_elem(&cause_contexts, &key);
}

/* The innermost scope that is open here, or NULL. */
static __noinline struct scope *innermost_scope(void)
{
	struct context *context = find_context();
	struct scope *scope;

	if (!context || !context->depth)
		return NULL;
	scope = &context->scopes[(context->depth - 1) & (SCOPES - 1)];
	if (bpf_ktime_get_ns() - scope->since_ns > SCOPE_LIFE_NS)
		return NULL;
	return scope;
}

/*
 * Opens a scope. One of the same kind that is open already was left by an exit
 * that was missed: no kind nests in itself. It goes, with all that is above it.
 */
static __noinline struct scope *open_scope(enum scope_kind kind, __u64 sdata)
{
	struct context *context = find_context();
	struct scope *scope;
	__u64 depth;

	if (!context) {
		__u64 key = context_key();

		if (bpf_map_update_elem(&cause_contexts, &key, &empty_context, BPF_ANY)) {
			count(LEDGER_MAP_FULL);
			return NULL;
		}
		context = bpf_map_lookup_elem(&cause_contexts, &key);
		if (!context)
			return NULL;
	}
	depth = context->depth;
	if (depth > SCOPES - 1)
		depth = SCOPES - 1;
#pragma unroll
	for (int i = SCOPES - 1; i >= 0; i--) {
		if ((__u64)i < depth && context->scopes[i].kind == kind) {
			depth = i;
			count(LEDGER_HEALED);
		}
	}
	scope = &context->scopes[depth & (SCOPES - 1)];
	__builtin_memset(scope, 0, sizeof(*scope));
	scope->kind = kind;
	scope->sdata = sdata;
	scope->since_ns = bpf_ktime_get_ns();
	scope->cause.began_ns = scope->since_ns;
	context->depth = depth + 1;
	return scope;
}

/*
 * The scope of that kind, which is about to be closed, or NULL; scopes above it
 * lost their exits. Where it is goes through memory: the verifier then takes it for
 * any of them, and examines what follows once instead of four times.
 */
static __noinline struct scope *closing_scope(enum scope_kind kind)
{
	struct context *context = find_context();
	__u64 at;

	if (!context)
		return NULL;
#pragma unroll
	for (int i = SCOPES - 1; i >= 0; i--) {
		if ((__u64)i < context->depth && context->scopes[i].kind == kind) {
			context->closing = i;
			at = *(volatile __u64 *)&context->closing;
			return &context->scopes[at & (SCOPES - 1)];
		}
	}
	return NULL;
}

/*
 * The empty context of a worker stays: to make it anew for each frame would take
 * longer than all else that is done with it, and the longer a program takes the
 * more often the kernel skips it (recursion_misses). Whoever commands ends soon.
 */
static __noinline void close_scope(enum scope_kind kind)
{
	__u64 key = context_key();
	struct context *context = bpf_map_lookup_elem(&cause_contexts, &key);

	if (!context)
		return;
#pragma unroll
	for (int i = SCOPES - 1; i >= 0; i--) {
		if ((__u64)i < context->depth && context->scopes[i].kind == kind) {
			context->scopes[i].kind = SCOPE_NONE;
			context->depth = i;
			break;
		}
	}
	if (!context->depth && kind == SCOPE_COMMAND)
		bpf_map_delete_elem(&cause_contexts, &key);
}

/* received.bpf.h: opens the scope of the noted frame, if that was not done. */
int open_noted_frame(void);

/* Neither the kernel for itself nor a softirq on a stranger's back. */
static __always_inline _Bool in_process(void)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();

	return !serving_softirq() && !(BPF_CORE_READ(task, flags) & PF_KTHREAD);
}

static __noinline void take_process(struct path_cause_record *cause)
{
	if (!in_process())
		return;
	cause->pid = bpf_get_current_pid_tgid() >> 32;
	bpf_get_current_comm(cause->comm, sizeof(cause->comm));
}

/* The beginning of the @length bytes at @data. */
static __noinline void copy_cause_frame(struct path_cause_record *cause, __u64 data, __u32 length,
					__u32 room, enum frame_form form)
{
	__u32 bytes = length > room ? room : length;

	if (bytes > FRAME_ROOM)
		bytes = FRAME_ROOM;
	/* the verifier of 6.1 wants to see that it is not 0 */
	if (!bytes || bpf_probe_read_kernel(cause->frame, bytes, (void *)data))
		return;
	cause->frame_length = length > 0xffff ? 0xffff : length;
	cause->frame_bytes = bytes;
	cause->frame_form = form;
}

/* Addresses and sequence control: frames of the same bytes there are the same frame. */
#define FRAME_HEADER 24

/*
 * Whether the frame at @data is the one that @cause has. A scope whose exit was
 * missed outlives its frame, and the memory may hold another one by then.
 */
static __noinline _Bool is_frame_of(const struct path_cause_record *cause, __u64 data)
{
	__u8 header[FRAME_HEADER];

	if (bpf_probe_read_kernel(header, sizeof(header), (void *)data))
		return 0;
#pragma unroll
	for (int i = 0; i < FRAME_HEADER; i++) {
		if (header[i] != cause->frame[i])
			return 0;
	}
	return 1;
}

static __noinline void take_frame(struct path_cause_record *cause, __u64 skb_pointer,
				  enum frame_form form, __u32 room)
{
	struct sk_buff *skb = (struct sk_buff *)skb_pointer;

	if (form == FRAME_8023)
		room = room > SHORTER_8023 ? room - SHORTER_8023 : 0;
	copy_cause_frame(cause, (__u64)BPF_CORE_READ(skb, data), BPF_CORE_READ(skb, len), room,
			 form);
}

/* The data frame that this CPU handles right now. */
static __noinline _Bool take_data_frame(struct path_cause_record *cause)
{
	struct data_frame *frame = data_frame();

	if (!frame)
		return 0;
	cause->began_ns = bpf_ktime_get_ns(); /* it is handled at once */
	if (frame->tx_skb) {
		cause->kind = PATH_CAUSE_DATA_TX;
		take_process(cause);
		take_frame(cause, frame->tx_skb, frame->tx_form, data_frame_bytes);
		return 1;
	}
	if (frame->rx_skb) {
		struct sta_info *transmitter = (struct sta_info *)frame->rx_sta;

		cause->kind = PATH_CAUSE_DATA_RX;
		BPF_CORE_READ_INTO(&cause->peer.octets, transmitter, addr);
		take_frame(cause, frame->rx_skb, FRAME_8023, data_frame_bytes);
		return 1;
	}
	return 0;
}

/*
 * What caused what happens here. Where no scope is open, @otherwise: what is
 * left by the list of the function's callers in the kernel. In a process that is
 * a command: preemptible kernels skip the program at its beginning, too
 * (recursion_misses). Which one it is, is not known then.
 */
int take_cause(struct path_cause_record *cause, __u32 otherwise)
{
	struct scope *scope;

	if (!cause)
		return 0;
	__builtin_memset(cause, 0, sizeof(*cause));
	if (bottom_halves_off() && take_data_frame(cause))
		return 0;
	open_noted_frame();
	scope = innermost_scope();
	if (scope) {
		__builtin_memcpy(cause, &scope->cause, sizeof(*cause));
		return 0;
	}
	cause->kind = otherwise;
	if ((otherwise == PATH_CAUSE_UNKNOWN || otherwise == PATH_CAUSE_TIMER) && in_process())
		cause->kind = PATH_CAUSE_USER;
	if (cause->kind == PATH_CAUSE_DATA_TX || cause->kind == PATH_CAUSE_USER)
		take_process(cause);
	return 0;
}

#endif
