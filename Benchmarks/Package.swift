// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that what measuring needs never becomes part of the library.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "Whylight", path: "..")],
  targets: [
    .executableTarget(
      name: "Benchmarks",
      dependencies: [.product(name: "Whylight", package: "Whylight")],
      swiftSettings: [
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
