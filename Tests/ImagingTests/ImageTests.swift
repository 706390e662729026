import Imaging
import Testing

@Suite struct ImageTests {
  @Test(arguments: Image.Layout.allCases)
  func aPictureHasAsManySamplesAsItsSizeAndLayoutAsk(layout: Image.Layout) async {
    let image = Image(
      width: 2, height: 3, layout: layout,
      samples: .eight(Array(repeating: 7, count: 6 * layout.channelCount)))
    #expect(image.samples.count == 6 * layout.channelCount)
    await #expect(processExitsWith: .failure) {
      _ = Image(width: 2, height: 3, layout: .grey, samples: .eight([1, 2, 3]))
    }
  }
}
