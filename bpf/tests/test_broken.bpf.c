// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A program that the verifier refuses: it reads a packet without a look at its end. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("xdp")
int out_of_bounds(struct xdp_md *context)
{
	return *((const __u8 *)(long)context->data + 1000);
}
