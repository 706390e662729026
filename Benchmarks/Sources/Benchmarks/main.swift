import Tensors

// Prints how fast the kernels are, as a share of what this machine's multiply-add units can do:
//
//   swift run -c release Benchmarks [avx512|avx2|neon|plain] [seconds for each row]
//
// Rates count the direct method's operations, so Winograd's method may exceed the peak. Or how fast
// pictures are decoded and overlays encoded (see PictureFiles):
//
//   swift run -c release Benchmarks pictures FOLDER PICTURES... -- OVERLAYS...
let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.first == "pictures", arguments.count > 1 {
  let workers = Workers(count: 2)
  guard let files = PictureFiles(Array(arguments.dropFirst(2)), workers: workers) else {
    fatalError("as many overlays as pictures are wanted, all readable")
  }
  let rates = files.rates(workers, writingTo: arguments[1])
  print("decoded and encoded: \(Int(rates.encoding)) pictures a second on two threads")
  print("decoded, encoded and written: \(Int(rates.writing))")
} else {
  try printKernelRates(arguments)
}

func printKernelRates(_ arguments: [String]) throws {
  let variant = arguments.compactMap(KernelVariant.init(rawValue:)).first ?? .best
  let stopwatch = Stopwatch(seconds: arguments.compactMap(Double.init).first ?? 0.3)

  let peak = peakRate(variant)
  print("\(variant) kernels; one core's peak is \(Int((peak / 1e9).rounded())) GFLOP/s\n")
  print(Result.heading)
  for layer in ConvolutionLayer.all {
    for result in layer.results(stopwatch, variant, peak: peak) { print(result.line) }
  }
  for (inputs, outputs) in [(1568, 10), (9216, 128)] {
    let results = denseResults(
      inputs: inputs, outputs: outputs, stopwatch, variant, peak: peak)
    for result in results { print(result.line) }
  }
  for threads in [1, 2] {
    let network = try DigitNetwork()
    let results = try network.results(stopwatch, variant, peak: peak, threads: threads)
    for result in results { print(result.line) }
  }
}
