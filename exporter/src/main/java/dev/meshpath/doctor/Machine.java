package dev.meshpath.doctor;

import dev.meshpath.collector.Collector;
import dev.meshpath.config.DoctorConfig;
import dev.meshpath.nl80211.Nl80211;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the doctor looks at.
 *
 * @param root {@code /} but in tests
 * @param architecture as {@code amd64}
 * @param config with which settings the exporter would run
 * @param mayAttach whether this process has the right to load BPF programs
 * @param libbpfVersion the version, or a Failure with a sentence
 * @param libnl links it, or throws a Failure with a sentence
 * @param nl80211 opens a connection, or throws a Failure with a sentence
 * @param meshPath the collector of the path table, not started yet
 */
public record Machine(
    Path root,
    String architecture,
    DoctorConfig config,
    BooleanSupplier mayAttach,
    Supplier<String> libbpfVersion,
    Runnable libnl,
    Supplier<Nl80211> nl80211,
    Supplier<Collector> meshPath) {}
