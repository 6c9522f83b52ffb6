// swift-tools-version: 6.3
import PackageDescription

/// Every Swift target: Swift 6 mode, warnings are errors, imports are internal unless exported.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
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
    // libgit2 itself is loaded when a repository is opened; only its headers are needed to build.
    .target(name: "CGit2", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "ReviewCore", dependencies: [crypto, yams], swiftSettings: safe),
    .target(name: "GitKit", dependencies: ["CGit2", "ReviewCore"], swiftSettings: strict),
    .target(name: "GitCommand", dependencies: ["ReviewCore", subprocess], swiftSettings: safe),
    .executableTarget(
      name: "ReviewGate",
      dependencies: ["GitKit", "GitCommand", "ReviewCore", argumentParser, subprocess],
      swiftSettings: safe,
      // Lets the libgit2 that is loaded later find `CGit2`'s stand-in (Sources/CGit2/lazy.c).
      linkerSettings: [
        .unsafeFlags(["-Xlinker", "--export-dynamic-symbol=mbedtls_x509_crt_parse_file"])
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
