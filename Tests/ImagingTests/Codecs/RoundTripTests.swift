import Imaging
import Testing

@Suite struct RoundTripTests {
  @Test(
    "A PNG gives back every sample of every layout and depth",
    arguments: Image.Layout.allCases, [8, 16])
  func pngIsExact(layout: Image.Layout, bitDepth: Int) throws {
    let image = Image.noise(width: 37, height: 23, layout: layout, bitDepth: bitDepth)
    for level in [0, 6, 9] {
      let bytes = try ImageEncoder.png(image, PNGOptions(level: level))
      let decoded = try ImageDecoder.decode(bytes)
      #expect(decoded.image == image)
      #expect(decoded.stored.bitDepth == bitDepth)
      #expect(decoded.warnings == [])
    }
  }

  @Test(
    "A JPEG of best quality is near the picture it was made of",
    arguments: [Image.Layout.grey, .rgb], JPEGOptions.Subsampling.allCases)
  func jpegIsNear(layout: Image.Layout, subsampling: JPEGOptions.Subsampling) throws {
    let image = Image.gradient(width: 61, height: 45, layout: layout)
    for isProgressive in [false, true] {
      let options = JPEGOptions(
        quality: 100, subsampling: subsampling, isProgressive: isProgressive)
      let decoded = try ImageDecoder.decode(try ImageEncoder.jpeg(image, options))
      #expect(decoded.image.largestDifference(to: image) <= 3)
      #expect(decoded.stored.isProgressive == isProgressive)
      #expect(decoded.stored.colour == (layout == .grey ? .grey : .yCbCr))
      if layout == .rgb {
        #expect(decoded.stored.chromaAcross == (subsampling == .none ? 1 : 2))
        #expect(decoded.stored.chromaDown == (subsampling == .both ? 2 : 1))
      }
    }
  }
}
