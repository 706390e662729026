import Glibc
import Pipeline

extension PictureProblem: DescribedError {
  var sentence: String {
    switch self {
    case .notRead(let error): error.sentence
    case .notAnswered(let path, let answer):
      "\(path): the model's logit of '\(answer.label)' is \(answer.words), which says nothing. Check "
        + "its weights (`whylight inspect`), and what pictures become (--input-range, --mean, --std)."
    case .notExplained(let path, let error): "\(path): \(error.sentence)"
    case .notDrawn(let path, let file):
      "\(path): \(file) would be written over, and it does not say that Whylight drew it. Choose "
        + "another output folder, or move that file elsewhere."
    case .notWritten(let path, let file, ENAMETOOLONG):
      "\(path): \(file) cannot be written: the path is longer than the system takes. Choose an output "
        + "folder with a shorter name."
    case .notWritten(let path, let file, let number):
      "\(path): \(file) cannot be written: \(String(systemError: number)). Choose another output "
        + "folder, or move what has its place elsewhere."
    }
  }
}

extension UnusableAnswer {
  fileprivate var words: String {
    logit.isNaN ? "not a number" : logit > 0 ? "infinite" : "minus infinity"
  }
}
