/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Where action frames of a mesh have what. */
#ifndef MESHPATH_ELEMENT_BPF_H
#define MESHPATH_ELEMENT_BPF_H

#include <linux/types.h>
#include "mesh_path.h"

/* IEEE Std 802.11, 9.4.2.112 to 9.4.2.115, in the one form that Linux sends and takes: bytes from
 * the header's first */
enum {
	FRAME_RECEIVER = 4,
	FRAME_TRANSMITTER = 10,
	FRAME_CATEGORY = 24,
	FRAME_ACTION = 25,
	FRAME_ELEMENT = 26,
	FRAME_ELEMENT_LENGTH = 27,
	PREQ_FLAGS = 28,
	PREQ_ORIGINATOR = 35,
	PREQ_ORIGINATOR_SN = 41,
	PREQ_TARGET = 55,
	PREQ_TARGET_SN = 61,
	PREP_TARGET = 31,
	PREP_TARGET_SN = 37,
	PERR_DESTINATION = 31,
	RANN_ROOT = 31,

	CATEGORY_MESH = 13,
	CATEGORY_SELF_PROTECTED = 15,
	ACTION_HWMP = 1,
	ACTION_CLOSE = 3,

	ELEMENT_RANN = 126,
	ELEMENT_PREQ = 130,
	ELEMENT_PREP = 131,
	ELEMENT_PERR = 132,

	/* net/mac80211/mesh_hwmp.c:mesh_rx_path_sel_frame takes no other */
	PREQ_LENGTH = 37,
	PREP_LENGTH = 31,
	PERR_LENGTH = 15,
	RANN_LENGTH = 21,
};

static __always_inline __u32 le32(const __u8 *bytes)
{
	return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (__u32)bytes[3] << 24;
}

static __always_inline _Bool is_action_frame(const __u8 *frame)
{
	return (frame[0] & 0xfc) == 0xd0;
}

/* What net/mac80211/mesh.c:ieee80211_mesh_rx_bcn_presp() takes: beacons and probe responses. */
static __always_inline _Bool is_beacon(const __u8 *frame)
{
	return (frame[0] & 0xfc) == 0x80 || (frame[0] & 0xfc) == 0x50;
}

/* @frame: to its element's id at least */
static __always_inline _Bool is_hwmp_frame(const __u8 *frame)
{
	return is_action_frame(frame) && frame[FRAME_CATEGORY] == CATEGORY_MESH &&
	       frame[FRAME_ACTION] == ACTION_HWMP;
}

static __always_inline _Bool is_peering_frame(const __u8 *frame)
{
	return is_action_frame(frame) && frame[FRAME_CATEGORY] == CATEGORY_SELF_PROTECTED;
}

static __always_inline _Bool is_action(const struct path_cause_record *cause)
{
	return cause->frame_bytes > FRAME_ELEMENT_LENGTH && is_action_frame(cause->frame);
}

static __always_inline _Bool is_hwmp(const struct path_cause_record *cause)
{
	return is_action(cause) && is_hwmp_frame(cause->frame);
}

#endif
