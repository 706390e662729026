import Imaging
import TestSupport
import Testing

@Suite("JPEGs decoded smaller by their own scaling") struct ReducedJPEGTests {
  private func reduced(
    _ bytes: [UInt8], _ width: Int, _ height: Int
  ) throws -> DecodedImage {
    try ImageDecoder.decode(
      bytes,
      options: ImageDecoder.Options(
        leastSize: ImageDecoder.Options.LeastSize(width: width, height: height)))
  }

  @Test(
    "By the largest of 2, 4 and 8 that leaves enough pixels",
    arguments: [
      (500, 400, 1000, 750), (251, 100, 500, 375), (250, 188, 250, 188), (10, 10, 125, 94),
      (10, 94, 125, 94), (10, 95, 250, 188),
    ])
  func enoughIsLeft(width: Int, height: Int, wantedWidth: Int, wantedHeight: Int) throws {
    let image = Image.gradient(width: 1000, height: 750, layout: .rgb)
    let decoded = try reduced(try ImageEncoder.jpeg(image), width, height)
    #expect((decoded.image.width, decoded.image.height) == (wantedWidth, wantedHeight))
    #expect((decoded.fullWidth, decoded.fullHeight) == (1000, 750))
    #expect(decoded.isReduced == (wantedWidth < 1000))
  }

  @Test("A PNG keeps its size")
  func othersKeepTheirSize() throws {
    let image = Image.gradient(width: 400, height: 300, layout: .grey)
    #expect(try reduced(try ImageEncoder.png(image), 10, 10).image == image)
  }

  @Test("The smaller version is near the mean of the pixels it stands for", arguments: [2, 4, 8])
  func smallerVersionsAreMeans(divisor: Int) throws {
    let image = Image.gradient(width: 640, height: 480, layout: .grey)
    let bytes = try ImageEncoder.jpeg(image, JPEGOptions(quality: 95))
    let (width, height) = (640 / divisor, 480 / divisor)
    let decoded = try reduced(bytes, width, height).image
    let means = try ImageDecoder.decode(bytes).image
      .resized(width: width, height: height, method: .area)
    let (found, wanted) = (try decoded.eightBitSamples(), try means.eightBitSamples())
    let differences = zip(found, wanted).map { abs(Int($0) - Int($1)) }
    #expect(differences.reduce(0, +) <= differences.count)
    #expect((differences.max() ?? 0) <= 6)
  }

  @Test("A placement on the whole picture takes the same part of a smaller version")
  func placementsHoldForSmallerVersions() throws {
    let image = Image.gradient(width: 1200, height: 800, layout: .rgb)
    let bytes = try ImageEncoder.jpeg(image, JPEGOptions(quality: 95))
    let whole = try ImageDecoder.decode(bytes).image
    let small = try reduced(bytes, 200, 200).image
    for fit in [PictureFit.letterbox, .stretch, .crop] {
      let a = FittedPicture(whole, fit, width: 100, height: 100, channels: 3)
      let b = FittedPicture(
        small, fit, width: 100, height: 100, channels: 3, fullSize: (1200, 800))
      #expect(a.placement == b.placement)
      let worst = zip(a.brightness, b.brightness).map { abs($0 - $1) }.max() ?? 0
      #expect(worst < 0.03, "\(fit)")
    }
  }
}
