/**
 * What this machine lets the exporter do, what each lack costs and what to do about it. Each check
 * looks at one subject and changes nothing. May use {@code collector}, {@code libbpf}, {@code
 * nl80211}, {@code json}, {@code config} and {@code failure}.
 */
@NullMarked
package dev.meshpath.doctor;

import org.jspecify.annotations.NullMarked;
