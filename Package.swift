// swift-tools-version: 6.2
import PackageDescription

// Targets stand bottom-up, a row at a time; each imports only from the rows below it and only what
// it names here (the gate builds with --explicit-target-dependency-import-check error).
let package = Package(
  name: "Whylight",
  products: [
    .executable(name: "whylight", targets: ["whylight"]),
    .library(name: "Whylight", targets: ["Whylight"]),
  ],
  targets: [
    // Row 1: numbers and bytes.
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(
      name: "CJPEG", pkgConfig: "libjpeg",
      providers: [.apt(["libjpeg-dev"]), .brew(["jpeg-turbo"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CImageCodecs", dependencies: ["CPNG", "CJPEG"]),
    .target(name: "CKernels", exclude: ["parts"]),
    .target(name: "Paths"),
    .target(name: "Tensors", dependencies: ["CKernels"], linkerSettings: [.linkedLibrary("m")]),

    // Row 2: values with a meaning of their own.
    .target(name: "Networks", dependencies: ["Tensors"]),
    .target(name: "Segmentation", dependencies: ["Tensors"], linkerSettings: [.linkedLibrary("m")]),
    .target(name: "Imaging", dependencies: ["CImageCodecs", "Paths"]),

    // Row 3: questions and answers about networks.
    .target(name: "Attribution", dependencies: ["Networks", "Segmentation", "Tensors"]),
    .target(name: "ModelFiles", dependencies: ["Networks", "Paths", "Tensors"]),
    .target(name: "Rendering", dependencies: ["Imaging"]),
    .target(
      name: "Training", dependencies: ["Networks", "Tensors", "Imaging", "Paths", "CZlib"]),

    // Row 5: everything around the work on one picture.
    .target(
      name: "Pipeline",
      dependencies: [
        "Attribution", "Imaging", "ModelFiles", "Networks", "Paths", "Rendering", "Segmentation",
        "Tensors", "Training",
      ]),

    // Row 6: what people call.
    .systemLibrary(name: "CAllocator"),
    .target(name: "CBundledModel"),
    .target(
      name: "CommandLineTool",
      dependencies: [
        "CAllocator", "CBundledModel", "Attribution", "Imaging", "ModelFiles", "Networks",
        "Paths", "Pipeline", "Segmentation", "Rendering", "Tensors", "Training",
      ]),

    .target(
      name: "Whylight",
      dependencies: [
        "Attribution", "Imaging", "ModelFiles", "Networks", "Pipeline", "Rendering",
        "Segmentation", "Tensors", "Training",
      ]),

    // Row 7: composition only.
    .executableTarget(name: "whylight", dependencies: ["CommandLineTool"]),

    // Tests.
    .target(name: "TestSupport", dependencies: ["Imaging"], path: "Tests/TestSupport"),
    .testTarget(name: "PathsTests", dependencies: ["Paths"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "TestSupport"]),
    .testTarget(
      name: "SegmentationTests", dependencies: ["Segmentation", "Tensors", "TestSupport"]),
    .testTarget(name: "RenderingTests", dependencies: ["Rendering", "Imaging", "TestSupport"]),
    .testTarget(
      name: "AttributionTests",
      dependencies: [
        "Attribution", "ModelFiles", "Networks", "Segmentation", "Tensors", "TestSupport",
      ]),
    .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
    .testTarget(
      name: "NetworksTests",
      dependencies: ["Networks", "Tensors", "TestSupport", "CAllocationCounter"]),
    .testTarget(
      name: "TrainingTests",
      dependencies: ["Training", "Networks", "Tensors", "Imaging", "TestSupport"]),
    .testTarget(
      name: "ModelFilesTests",
      dependencies: ["ModelFiles", "Networks", "Tensors", "TestSupport", "CAllocationCounter"]),
    .testTarget(name: "ImagingTests", dependencies: ["Imaging", "TestSupport"]),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "Pipeline", "Attribution", "Imaging", "ModelFiles", "Networks", "Rendering", "Segmentation",
        "Tensors", "TestSupport",
      ]),
    .testTarget(
      name: "CommandLineToolTests",
      dependencies: [
        "CommandLineTool", "Imaging", "ModelFiles", "Networks", "Tensors", "TestSupport",
      ],
      exclude: ["Snapshots"]),
    .testTarget(name: "WhylightTests", dependencies: ["Whylight", "TestSupport"]),
    .testTarget(name: "ToolTests", dependencies: ["whylight", "Imaging", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

/// Stated once for every Swift target: pointers are marked, existentials spelled out, and an import
/// is internal unless its types appear in the importing module's own interface.
let sharedSettings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
let languageC = ["CImageCodecs", "CKernels", "CBundledModel", "CAllocationCounter"]
for target in package.targets
where target.type != .system && !languageC.contains(target.name) {
  target.swiftSettings = sharedSettings + (target.swiftSettings ?? [])
}
