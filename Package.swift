// swift-tools-version: 6.3
import Foundation
import PackageDescription

/// Where Debian keeps libgit2 1.5 as an archive, with those it needs; nil where it is not.
///
/// Linked in without its network parts (Sources/CGit2/offline.c), libgit2 starts in a tenth of the
/// time of the shared library, which brings twenty others. That one serves everywhere else, and
/// with REVIEWGATE_LIBGIT2=shared.
let archives: [String]? = {
  guard Context.environment["REVIEWGATE_LIBGIT2"] != "shared" else { return nil }
  let names = ["libgit2.a", "libpcre2-8.a", "libhttp_parser.a", "libmbedcrypto.a", "libz.a"]
  let directories = ["x86_64-linux-gnu", "aarch64-linux-gnu"].map { "/usr/lib/" + $0 }
  let complete = directories.first { directory in
    let facts = try? String(contentsOfFile: directory + "/pkgconfig/libgit2.pc", encoding: .utf8)
    let files = names.map { directory + "/" + $0 }
    return facts?.contains("\nVersion: 1.5.") == true
      && files.allSatisfy(FileManager.default.fileExists)
  }
  return complete == nil ? nil : names
}()

/// Lets a libgit2 that is loaded later find `CGit2`'s stand-in (Sources/CGit2/lazy.c).
let forLoading =
  archives == nil ? ["-Xlinker", "--export-dynamic-symbol=mbedtls_x509_crt_parse_file"] : []

/// Functions that have another one in their place: lines are hashed eight bytes at a time
/// (Sources/CGit2/xdiff.c), and workers wait for short locks without sleeping (locks.c beside it).
let replaced =
  archives == nil
  ? []
  : ["xdl_hash_record", "pthread_mutex_init"].flatMap { ["-Xlinker", "--wrap=" + $0] }

/// A program that needs no other library starts a millisecond sooner, which every hook pays.
///
/// Only `install.sh` asks for it: such a program must be built with `--disable-local-rpath`.
let inOnePiece =
  archives == nil || Context.environment["REVIEWGATE_LINK"] != "static"
  ? []
  : [
    "-static-executable", "-use-ld=lld", "-Xclang-linker", "-static-pie", "-Xlinker", "-z",
    "-Xlinker", "pack-relative-relocs",
  ]

/// Every Swift target: Swift 6 mode, warnings are errors, imports are internal unless exported.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // Whoever waits for git waits on the thread it is on: another one takes longer to start.
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Targets that must not touch raw memory; only `GitKit` is exempt.
let safe: [SwiftSetting] =
  strict + [
    .strictMemorySafety(),
    .treatWarning("StrictMemorySafety", as: .error),
  ]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "ReviewGate",
  products: [.executable(name: "reviewgate", targets: ["ReviewGate"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    // Without the archives libgit2 is loaded when a repository is opened (Sources/CGit2/lazy.c).
    .target(
      name: "CGit2",
      cSettings: archives == nil ? [] : [.define("CGIT2_LINKED_IN")],
      linkerSettings: archives?.map { .linkedLibrary(":" + $0) } ?? [.linkedLibrary("dl")]
    ),
    .target(name: "ReviewCore", dependencies: [crypto, yams], swiftSettings: safe),
    .target(name: "GitKit", dependencies: ["CGit2", "ReviewCore"], swiftSettings: strict),
    .target(name: "CProcess"),
    .target(name: "GitCommand", dependencies: ["CProcess", "ReviewCore"], swiftSettings: safe),
    .executableTarget(
      name: "ReviewGate",
      dependencies: ["GitKit", "GitCommand", "ReviewCore", argumentParser, subprocess],
      swiftSettings: safe,
      linkerSettings: [
        .unsafeFlags(forLoading + replaced),
        .unsafeFlags(inOnePiece, .when(configuration: .release)),
      ]
    ),

    .target(
      name: "TestSupport",
      dependencies: ["ReviewCore", crypto],
      path: "Tests/TestSupport",
      swiftSettings: strict
    ),
    .testTarget(
      name: "ReviewCoreTests",
      dependencies: ["ReviewCore", "TestSupport"],
      exclude: ["Snapshots", "Report/Snapshots"]
    ),
    .testTarget(name: "GitKitTests", dependencies: ["GitKit", "GitCommand", "TestSupport"]),
    .testTarget(name: "ReviewGateTests", dependencies: ["ReviewGate", "TestSupport"]),
    .testTarget(name: "ConventionTests"),
  ]
)
