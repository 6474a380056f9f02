/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The few kernel types that we touch, and of each only the fields that we
 * read. Offsets are relocated at load time (CO-RE), so neither order nor
 * completeness matters; names and types do. Behind each field: the kernel file
 * that declares it.
 */
#ifndef MESHPATH_KERNEL_TYPES_H
#define MESHPATH_KERNEL_TYPES_H

#include <linux/types.h>

#define ETH_ALEN     6
#define IFNAMSIZ     16
#define MESH_ID_ROOM 32 /* include/linux/ieee80211.h: IEEE80211_MAX_MESH_ID_LEN */

/* net/mac80211/mesh.h; an enum, because a field's kind must match for its relocation */
enum mesh_path_flags {
	MESH_PATH_ACTIVE = 0x01,
	MESH_PATH_RESOLVING = 0x02,
	MESH_PATH_SN_VALID = 0x04,
	MESH_PATH_FIXED = 0x08,
	MESH_PATH_RESOLVED = 0x10,
	MESH_PATH_REQ_QUEUED = 0x20,
	MESH_PATH_DELETED = 0x40,
};

/*
 * include/linux/preempt.h: bits 8 to 15 count softirqs; an odd count serves one,
 * an even one only holds them off
 */
#define SOFTIRQ_OFFSET 0x100
#define SOFTIRQ_MASK   0xff00

/* include/linux/err.h */
#define MAX_ERRNO 4095

#define IEEE80211_TX_STAT_ACK	0x200	   /* include/net/mac80211.h */
#define MESH_MAX_PREQ_QUEUE_LEN 64	   /* net/mac80211/mesh_hwmp.c: MAX_PREQ_QUEUE_LEN */
#define PF_KTHREAD		0x00200000 /* include/linux/sched.h */

/* include/uapi/linux/nl80211.h */
enum nl80211_iftype { NL80211_IFTYPE_MESH_POINT = 7 };
enum nl80211_plink_state { NL80211_PLINK_ESTAB = 4, NL80211_PLINK_HOLDING = 5 };

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct list_head {
	struct list_head *next; /* include/linux/types.h */
};

struct hlist_node {
	struct hlist_node *next;   /* include/linux/types.h */
	struct hlist_node **pprev; /* include/linux/types.h */
};

struct hlist_head {
	struct hlist_node *first; /* include/linux/types.h */
};

struct ns_common {
	unsigned int inum; /* include/linux/ns_common.h */
};

struct net {
	struct list_head list;		/* include/net/net_namespace.h */
	struct ns_common ns;		/* include/net/net_namespace.h */
	struct list_head dev_base_head; /* include/net/net_namespace.h */
};

struct nsproxy {
	struct net *net_ns; /* include/linux/nsproxy.h */
};

typedef struct {
	struct net *net; /* include/net/net_namespace.h */
} possible_net_t;

struct net_device {
	char name[IFNAMSIZ];		    /* include/linux/netdevice.h */
	int ifindex;			    /* include/linux/netdevice.h */
	unsigned long state;		    /* include/linux/netdevice.h */
	possible_net_t nd_net;		    /* include/linux/netdevice.h */
	struct list_head dev_list;	    /* include/linux/netdevice.h */
	struct wireless_dev *ieee80211_ptr; /* include/linux/netdevice.h */
};

struct wireless_dev {
	enum nl80211_iftype iftype; /* include/net/cfg80211.h */
	struct net_device *netdev;  /* include/net/cfg80211.h */
};

struct station_del_parameters {
	const __u8 *mac; /* include/net/cfg80211.h */
};

struct sk_buff {
	unsigned int len;    /* include/linux/skbuff.h */
	unsigned char *data; /* include/linux/skbuff.h */
	char cb[48];	     /* include/linux/skbuff.h */
};

struct ieee80211_vif {
	__u8 addr[ETH_ALEN]; /* include/net/mac80211.h */
};

struct ieee80211_tx_info {
	__u32 flags; /* include/net/mac80211.h */
	struct {
		struct ieee80211_vif *vif;
	} control; /* include/net/mac80211.h, in an unnamed union */
};

struct ieee80211_tx_status {
	struct ieee80211_tx_info *info; /* include/net/mac80211.h */
	struct sk_buff *skb;		/* include/net/mac80211.h */
};

struct ieee80211_local {
	struct list_head sta_list; /* net/mac80211/ieee80211_i.h */
};

struct sk_buff_head {
	__u32 qlen; /* include/linux/skbuff.h */
};

struct mesh_stats {
	__u32 fwded_mcast;	       /* net/mac80211/ieee80211_i.h */
	__u32 fwded_unicast;	       /* net/mac80211/ieee80211_i.h */
	__u32 dropped_frames_ttl;      /* net/mac80211/ieee80211_i.h */
	__u32 dropped_frames_no_route; /* net/mac80211/ieee80211_i.h */
};

struct mesh_table {
	struct hlist_head walk_head; /* net/mac80211/mesh.h (6.1: ieee80211_i.h) */
};

struct ieee80211_if_mesh {
	__u8 mesh_id[MESH_ID_ROOM];   /* net/mac80211/ieee80211_i.h */
	unsigned long mesh_id_len;    /* net/mac80211/ieee80211_i.h */
	int preq_queue_len;	      /* net/mac80211/ieee80211_i.h */
	struct mesh_stats mshstats;   /* net/mac80211/ieee80211_i.h */
	struct mesh_table mesh_paths; /* net/mac80211/ieee80211_i.h */
	struct mesh_table mpp_paths;  /* net/mac80211/ieee80211_i.h */
};

struct ieee80211_sub_if_data {
	struct wireless_dev wdev;      /* net/mac80211/ieee80211_i.h */
	struct net_device *dev;	       /* net/mac80211/ieee80211_i.h */
	struct ieee80211_local *local; /* net/mac80211/ieee80211_i.h */
	struct ieee80211_vif vif;      /* net/mac80211/ieee80211_i.h */
	union {
		struct ieee80211_if_mesh mesh;
	} u; /* net/mac80211/ieee80211_i.h */
};

struct mesh_sta {
	__u16 reason;			      /* net/mac80211/sta_info.h */
	enum nl80211_plink_state plink_state; /* net/mac80211/sta_info.h */
};

struct sta_info {
	struct list_head list;		     /* net/mac80211/sta_info.h */
	__u8 addr[ETH_ALEN];		     /* net/mac80211/sta_info.h */
	struct ieee80211_sub_if_data *sdata; /* net/mac80211/sta_info.h */
	struct mesh_sta *mesh;		     /* net/mac80211/sta_info.h */
};

struct timer_list {
	unsigned long expires; /* include/linux/timer.h (7.2: timer_types.h) */
};

struct mesh_path {
	__u8 dst[ETH_ALEN];		     /* net/mac80211/mesh.h */
	__u8 mpp[ETH_ALEN];		     /* net/mac80211/mesh.h */
	struct hlist_node walk_list;	     /* net/mac80211/mesh.h */
	struct ieee80211_sub_if_data *sdata; /* net/mac80211/mesh.h */
	struct sta_info *next_hop;	     /* net/mac80211/mesh.h, RCU */
	struct timer_list timer;	     /* net/mac80211/mesh.h */
	struct sk_buff_head frame_queue;     /* net/mac80211/mesh.h */
	__u32 sn;			     /* net/mac80211/mesh.h */
	__u32 metric;			     /* net/mac80211/mesh.h */
	__u8 hop_count;			     /* net/mac80211/mesh.h */
	unsigned long exp_time;		     /* net/mac80211/mesh.h, jiffies */
	__u8 discovery_retries;		     /* net/mac80211/mesh.h */
	enum mesh_path_flags flags;	     /* net/mac80211/mesh.h */
	__u32 rann_metric;		     /* net/mac80211/mesh.h */
	_Bool is_root;			     /* net/mac80211/mesh.h */
	_Bool is_gate;			     /* net/mac80211/mesh.h */
};

/* arm64 keeps the preemption count here, x86 does not have the field. */
struct thread_info {
	__u64 preempt_count; /* arch/arm64/include/asm/thread_info.h */
};

struct task_struct {
	struct thread_info thread_info; /* include/linux/sched.h */
	unsigned int flags;		/* include/linux/sched.h */
	struct nsproxy *nsproxy;	/* include/linux/sched.h */
};

struct pcpu_hot {
	int preempt_count; /* arch/x86/include/asm/current.h, 6.2 to 6.14 */
};

/* The registers of a kprobe: one of these two exists. arch/ARCH/include/asm/ptrace.h */
struct pt_regs___x86 {
	unsigned long di, si, dx, cx, r8, ax;
};

struct pt_regs___arm64 {
	__u64 regs[31];
};

#pragma clang attribute pop

#endif
