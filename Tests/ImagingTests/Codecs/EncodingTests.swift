import Imaging
import TestSupport
import Testing

@Suite struct EncodingTests {
  /// `count` opaque colours, without a pattern that true colour's filters could use.
  private func picture(ofColours count: Int, layout: Image.Layout) -> Image {
    let noise = Image.noise(width: 64, height: 64, layout: .grey, bitDepth: 16)
    guard case .sixteen(let values) = noise.samples else { return noise }
    let pixels = values.map { Int($0) % count }
    let samples = pixels.flatMap { number -> [UInt8] in
      let colour = [UInt8(number * 3 % 256), UInt8(number), UInt8(255 - number), 255]
      return Array(colour.prefix(layout.channelCount))
    }
    return Image(width: 64, height: 64, layout: layout, samples: .eight(samples))
  }

  @Test("Few colours become a palette, of as few bits as will do", arguments: [2, 3, 5, 17, 256])
  func fewColoursBecomeAPalette(count: Int) throws {
    let image = picture(ofColours: count, layout: .rgb)
    let bytes = try ImageEncoder.png(image)
    let decoded = try ImageDecoder.decode(bytes)
    #expect(decoded.image == image)
    #expect(decoded.stored.colour == .palette)
    let depths = [2: 1, 3: 2, 5: 4, 17: 8, 256: 8]
    #expect(decoded.stored.bitDepth == depths[count])
    let direct = try ImageEncoder.png(image, PNGOptions(mayUsePalette: false))
    #expect(bytes.count < direct.count)
    #expect(try ImageDecoder.decode(direct).stored.colour == .rgb)
  }

  @Test("A palette keeps translucent colours")
  func palettesKeepAlpha() throws {
    let samples = (0..<4096).flatMap { place -> [UInt8] in
      place % 3 == 0 ? [10, 20, 30, 255] : [200, 100, UInt8(place % 2), 128]
    }
    let image = Image(width: 64, height: 64, layout: .rgba, samples: .eight(samples))
    let decoded = try ImageDecoder.decode(try ImageEncoder.png(image))
    #expect(decoded.stored.colour == .palette)
    #expect(decoded.image == image)
  }

  @Test("A palette is not used where it is larger, or where there are too many colours")
  func palettesAreNotForced() throws {
    let tiny = Image.noise(width: 4, height: 4, layout: .grey)
    #expect(try ImageDecoder.decode(try ImageEncoder.png(tiny)).stored.colour == .grey)
    let many = Image.noise(width: 40, height: 40, layout: .rgb)
    #expect(try ImageDecoder.decode(try ImageEncoder.png(many)).stored.colour == .rgb)
  }

  @Test(
    "Rows given one after the other make the file of the whole picture, with its palette",
    arguments: [1, 3], [5, 256, 300])
  func rowsMakeTheSameFile(zoom: Int, ofColours count: Int) throws {
    for layout in Image.Layout.allCases {
      let (width, height) = (31, 150)
      let image =
        count <= 256
        ? picture(ofColours: count, layout: .rgba)
          .resized(width: width, height: height, method: .nearest).converted(to: layout)
        : Image.noise(width: width, height: height, layout: layout)
      let samples = try image.eightBitSamples()
      let stride = width * layout.channelCount
      let options = PNGOptions(zoom: zoom)
      let file = try ImageEncoder.png(
        width: width, height: height, layout: layout, options
      ) { rows in
        Array(samples[rows.lowerBound * stride..<rows.upperBound * stride])
      }
      #expect(try file == ImageEncoder.png(image, options), "\(layout)")
    }
  }

  @Test("Pixels written as squares are those of the enlarged picture", arguments: [5, 300])
  func squaresAreAnEnlargedPicture(ofColours count: Int) throws {
    for layout in [Image.Layout.grey, .rgb, .rgba] {
      let image =
        count < 256
        ? picture(ofColours: count, layout: layout)
        : Image.noise(width: 21, height: 17, layout: layout)
      let bytes = try ImageEncoder.png(image, PNGOptions(zoom: 3))
      let enlarged = image.resized(
        width: 3 * image.width, height: 3 * image.height, method: .nearest)
      #expect(try ImageDecoder.decode(bytes).image.converted(to: layout) == enlarged)
    }
  }

  @Test("Rows that are given one after the other make the same file")
  func givenRowsMakeTheSameFile() throws {
    let image = Image.noise(width: 30, height: 150, layout: .rgb)
    let samples = try image.eightBitSamples()
    let options = PNGOptions(mayUsePalette: false)
    let bytes = try ImageEncoder.png(width: 30, height: 150, layout: .rgb, options) { rows in
      Array(samples[rows.lowerBound * 90..<rows.upperBound * 90])
    }
    #expect(bytes == (try ImageEncoder.png(image, options)))
  }

  @Test("A higher level is smaller, a higher quality larger")
  func settingsMatter() throws {
    let image = Image.gradient(width: 200, height: 150, layout: .rgb)
    let sizes = try [0, 1, 9].map { try ImageEncoder.png(image, PNGOptions(level: $0)).count }
    #expect(sizes[0] > sizes[1] && sizes[1] > sizes[2])
    let qualities = try [10, 50, 95].map {
      try ImageEncoder.jpeg(image, JPEGOptions(quality: $0)).count
    }
    #expect(qualities[0] < qualities[1] && qualities[1] < qualities[2])
  }

  @Test("Texts come back, Latin or not, short or long")
  func textsComeBack() throws {
    let texts = [
      ImageText(keyword: "Title", text: "Plain"),
      ImageText(keyword: "Größe", text: "Übergröße"),
      ImageText(keyword: "Comment", text: String(repeating: "again and ", count: 500)),
      ImageText(keyword: "Comment", text: String(repeating: "又一次 ", count: 500)),
      ImageText(keyword: "Author", text: "像", language: "ja", translatedKeyword: "著者"),
      ImageText(keyword: "Empty", text: ""),
    ]
    let image = Image.noise(width: 3, height: 3, layout: .grey)
    let bytes = try ImageEncoder.png(image, PNGOptions(texts: texts))
    #expect(try ImageDecoder.decode(bytes).texts == texts)
    // Long ones are compressed.
    #expect(bytes.count < 2000)
  }

  @Test(
    "Keywords that PNG does not allow are refused",
    arguments: [
      "", " Title", "Title ", "Two  spaces", "Line\nbreak", "像", String(repeating: "k", count: 80),
    ])
  func badKeywordsAreRefused(keyword: String) {
    let options = PNGOptions(texts: [ImageText(keyword: keyword, text: "x")])
    #expect(throws: ImageEncodingError.invalidKeyword(keyword)) {
      try ImageEncoder.png(Image.noise(width: 1, height: 1, layout: .grey), options)
    }
  }

  @Test("JPEG refuses what it cannot hold")
  func jpegRefuses() {
    let deep = Image.noise(width: 2, height: 2, layout: .rgb, bitDepth: 16)
    #expect(throws: ImageEncodingError.layoutNotStorable(.jpeg, .rgb, bitDepth: 16)) {
      try ImageEncoder.jpeg(deep)
    }
    let long = Image.noise(width: 65_501, height: 1, layout: .grey)
    let error = ImageEncodingError.tooLarge(
      .jpeg, width: 65_501, height: 1, longestSide: 65_500)
    #expect(throws: error) { try ImageEncoder.jpeg(long) }
  }

  @Test("The same picture gives the same bytes")
  func encodingRepeats() throws {
    let image = Image.noise(width: 50, height: 50, layout: .rgb)
    for encoding in [ImageEncoding.png(PNGOptions()), .jpeg(JPEGOptions())] {
      #expect(
        try ImageEncoder.encode(image, as: encoding) == ImageEncoder.encode(image, as: encoding))
    }
  }
}
