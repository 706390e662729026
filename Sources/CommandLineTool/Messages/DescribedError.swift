/// An error that this tool has a sentence for: what happened, to which file, what to do.
///
/// Errors carry data; the sentences about them stand in this folder and nowhere else.
protocol DescribedError: Error {
  var sentence: String { get }
}
