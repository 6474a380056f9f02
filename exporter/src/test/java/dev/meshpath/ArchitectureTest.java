package dev.meshpath;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;

/** The arrows between the packages, as each package-info.java tells them, and a few habits. */
@AnalyzeClasses(
    packages = "dev.meshpath",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {
  private static final String ROOT = "dev.meshpath";

  @ArchTest static final ArchRule failureUsesNothing = mayUse("failure");
  @ArchTest static final ArchRule netUsesNothing = mayUse("net");
  @ArchTest static final ArchRule ffi = mayUse("ffi", "failure");
  @ArchTest static final ArchRule libbpf = mayUse("libbpf", "ffi", "failure");
  @ArchTest static final ArchRule nl80211 = mayUse("nl80211", "ffi", "net", "failure");
  @ArchTest static final ArchRule frame = mayUse("frame", "net");
  @ArchTest static final ArchRule frameFile = mayUse("frame.file", "frame");
  @ArchTest static final ArchRule jsonUsesNothing = mayUse("json");
  @ArchTest static final ArchRule boundedUsesNothing = mayUse("bounded");

  @ArchTest
  static final ArchRule decode =
      mayUse("decode", "frame", "frame.file", "json", "bounded", "config", "net", "failure");

  @ArchTest static final ArchRule record = mayUse("record", "libbpf", "ffi", "failure");
  @ArchTest static final ArchRule recordFile = mayUse("record.file", "record", "failure");
  @ArchTest static final ArchRule config = mayUse("config", "failure");
  @ArchTest static final ArchRule cli = mayUse("cli", "config", "failure");
  @ArchTest static final ArchRule collectorUsesNothing = mayUse("collector");
  @ArchTest static final ArchRule telemetry = mayUse("telemetry", "collector", "config");

  @ArchTest
  static final ArchRule doctor =
      mayUse("doctor", "collector", "libbpf", "nl80211", "json", "config", "failure");

  @ArchTest static final ArchRule http = mayUse("http", "config", "telemetry", "failure");

  @ArchTest
  static final ArchRule collectors =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".collector.(*)..")
          .should()
          .dependOnClassesThat(
              resideInAPackage(ROOT + "..")
                  .and(
                      DescribedPredicate.not(
                          resideInAnyPackage(
                              ROOT + ".collector..",
                              ROOT + ".record..",
                              ROOT + ".frame..",
                              ROOT + ".libbpf",
                              ROOT + ".nl80211",
                              ROOT + ".ffi",
                              ROOT + ".net",
                              ROOT + ".json",
                              ROOT + ".bounded",
                              ROOT + ".failure"))));

  @ArchTest
  static final ArchRule collectorsAreNoFriends =
      slices().matching(ROOT + ".collector.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule noCycles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobodyUsesTheRoot =
      noClasses()
          .that(resideOutsideOfPackage(ROOT))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT);

  @ArchTest
  static final ArchRule micrometerIsForTelemetry =
      onlyIn("io.micrometer..", resideInAPackage(ROOT + ".telemetry").or(named("Metrics")));

  @ArchTest
  static final ArchRule prometheusIsForTelemetry =
      onlyIn("io.prometheus..", resideInAPackage(ROOT + ".telemetry").or(named("Metrics")));

  @ArchTest
  static final ArchRule javalinIsForHttp = onlyIn("io.javalin..", resideInAPackage(ROOT + ".http"));

  @ArchTest
  static final ArchRule jettyIsForHttp =
      onlyIn("org.eclipse.jetty..", resideInAPackage(ROOT + ".http"));

  @ArchTest
  static final ArchRule picocliIsForCli = onlyIn("picocli..", resideInAPackage(ROOT + ".cli"));

  @ArchTest
  static final ArchRule yamlIsForConfig =
      onlyIn("org.snakeyaml..", resideInAPackage(ROOT + ".config"));

  @ArchTest
  static final ArchRule pcap4jHasItsRooms =
      onlyIn("org.pcap4j..", resideInAnyPackage(ROOT + ".frame", ROOT + ".monitor"));

  @ArchTest static final ArchRule monitor = mayUse("monitor", "frame.file", "failure");

  @ArchTest
  static final ArchRule frameUsesNothingButPcap4j =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".frame..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.not(
                  resideInAnyPackage(
                      ROOT + ".frame..",
                      ROOT + ".net",
                      "java..",
                      "org.jspecify..",
                      "org.pcap4j..")));

  @ArchTest static final ArchRule otlp = mayUse("telemetry.otlp", "telemetry", "config", "failure");

  @ArchTest
  static final ArchRule openTelemetryHasItsRooms =
      onlyIn(
          "io.opentelemetry..",
          resideInAnyPackage(ROOT + ".telemetry.otlp", ROOT + ".collector.meshpath.trace"));

  @ArchTest
  static final ArchRule theTableKnowsNoSpans =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".collector.meshpath")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".collector.meshpath.trace",
              ROOT + ".collector.meshpath.identity",
              ROOT + ".collector.meshpath.capture",
              ROOT + ".collector.meshpath.live",
              ROOT + ".collector.meshpath.monitor");

  @ArchTest
  static final ArchRule live =
      mayUse(
          "collector.meshpath.live",
          "collector.meshpath",
          "collector.meshpath.trace",
          "json",
          "record",
          "net");

  @ArchTest
  static final ArchRule identity =
      mayUse("collector.meshpath.identity", "collector.meshpath", "bounded", "frame", "net");

  @ArchTest static final ArchRule churn = mayUse("collector.meshpath.churn", "net");

  @ArchTest
  static final ArchRule capture =
      mayUse(
          "collector.meshpath.capture",
          "collector",
          "collector.meshpath",
          "collector.meshpath.identity",
          "frame",
          "frame.file",
          "record",
          "net",
          "failure");

  @ArchTest
  static final ArchRule join =
      mayUse(
          "collector.meshpath.monitor",
          "collector",
          "collector.meshpath",
          "bounded",
          "frame",
          "frame.file",
          "net");

  @ArchTest
  static final ArchRule foreign =
      mayUse(
          "collector.meshpath.foreign",
          "collector.meshpath",
          "frame",
          "frame.file",
          "record",
          "record.file",
          "net",
          "failure");

  @ArchTest
  static final ArchRule jacksonIsForWhatOthersWrote =
      onlyIn(
          "com.fasterxml.jackson..",
          resideInAnyPackage(ROOT + ".collector.meshpath.foreign", ROOT + ".client"));

  @ArchTest static final ArchRule client = mayUse("client", "config", "json", "failure");

  @ArchTest
  static final ArchRule logbackIsForTelemetry =
      onlyIn("ch.qos.logback..", resideInAPackage(ROOT + ".telemetry"));

  @ArchTest
  static final ArchRule nativeCodeIsLinkedInOneRoom =
      noClasses()
          .that(resideOutsideOfPackage(ROOT + ".ffi"))
          .and()
          .doNotHaveFullyQualifiedName(ROOT + ".libbpf.LibbpfLog") // upcalls
          .and()
          .doNotHaveFullyQualifiedName(ROOT + ".libbpf.FunctionTargets")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Linker.class, SymbolLookup.class);

  @ArchTest
  static final ArchRule onlyMainExits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".Main")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class);

  @ArchTest
  static final ArchRule onlyMainAndTrainingHalt =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".Main")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + ".AotTraining")
          .should()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule namesSayWhatClassesAre =
      classes().should().haveNameNotMatching(".*(Manager|Helper|Helpers|Util|Utils|Impl)");

  @ArchTest
  static final ArchRule noStateForAll =
      fields().that().areStatic().should().haveModifier(JavaModifier.FINAL);

  private static ArchRule mayUse(String room, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = ROOT + "." + room;
    for (int i = 0; i < others.length; i++) {
      allowed[i + 1] = ROOT + "." + others[i];
    }
    return noClasses()
        .that()
        .resideInAPackage(allowed[0])
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..").and(DescribedPredicate.not(resideInAnyPackage(allowed))));
  }

  private static ArchRule onlyIn(String library, DescribedPredicate<JavaClass> room) {
    return noClasses()
        .that(DescribedPredicate.not(room))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  /** Classes whose name, or that of the class around them, ends so. */
  private static DescribedPredicate<JavaClass> named(String ending) {
    return DescribedPredicate.describe(
        "named *" + ending, type -> type.getName().replaceFirst("\\$.*", "").endsWith(ending));
  }
}
