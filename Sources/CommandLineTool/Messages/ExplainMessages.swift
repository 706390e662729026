import ModelFiles
import Pipeline
import Rendering

/// What `explain` says.
enum ExplainMessages {
  static func sizeAssumed(_ size: InputSize) -> String {
    "The model's file leaves the pictures' size open; \(size) is assumed. If it was trained with "
      + "another, say so with --size."
  }

  static let preparationAssumed =
    "The model's file does not say how pictures become its input; numbers from 0 to 1 without mean "
    + "and deviation are assumed. If it was trained otherwise, say so with --input-range, --mean "
    + "and --std."

  static func unused(_ option: OptionDeclaration) -> String {
    "No chosen method uses --\(option.name)."
  }

  static func allClasses(of count: Int, asked: TargetChoice) -> String {
    "--target \(asked) explains all classes of the model: \(count)."
  }

  static let findingScale = "Computing every map once to find the scale that they share."

  static func interrupted(isFilter: Bool) -> String {
    "Stopped. What is written is whole"
      + (isFilter ? "." : "; the same command with --resume does the rest.")
  }

  static let noPaths = "No paths came in, and nothing was done."

  static func leftOut(_ count: Int) -> String {
    "The folder has records of \(counted(count, "picture")) that \(count == 1 ? "is" : "are") not "
      + "among these. They are left out."
  }

  static func line(_ record: ExplainedRecord, path: String) -> String {
    let top = record.predictions[0]
    let doubt = record.isUnlikeTraining == true ? " (unlike the training data)" : ""
    return "\(path): \(top.label) \(Percentage.text(top.probability))\(doubt)"
  }

  static func summary(
    done: Int, before: Int, failed: Int, flat: Int, output: String
  ) -> String {
    var text = counted(done, "picture") + " explained"
    if before > 0 { text += ", \(before) were done before" }
    if failed > 0 { text += ", \(failed) failed" }
    text += ". Look at \(output.shownPath)."
    if flat > 0 {
      text +=
        flat == 1
        ? " 1 map is flat: the method found nothing, and nothing is drawn."
        : " \(flat) maps are flat: the methods found nothing, and nothing is drawn."
    }
    return text
  }
}

extension RunError: DescribedError {
  var sentence: String {
    switch self {
    case .settingsUnreadable(let path):
      "\(path): these are no settings of a run. Move the file elsewhere."
    case .foreignFile(let path):
      "\(path): Whylight did not make this file, and would write over it. Choose another output "
        + "folder, or move the file elsewhere."
    case .settingDiffers(let folder, let name, let before, let now):
      "\(folder) holds results of a run with another setting. \(name): "
        + "\(before.map { "'\($0)'" } ?? "none") then, '\(now)' now. "
        + "Choose another output folder, or the settings of that run."
    case .inUse(let folder):
      "\(folder): another run is writing to this folder. Wait for it, or choose another."
    case .otherShards(let folder, let count):
      "\(folder) holds results of a run in \(counted(count, "shard")), which this would replace. "
        + "Choose another output folder, or go on with --shard K/\(count)."
    case .notInShards(let folder):
      "\(folder) holds results of a run that was not in shards, which this would replace. Go on "
        + "without --shard, or choose another output folder."
    }
  }
}

extension TargetError {
  var sentence: String {
    switch self {
    case .unknownClass(let name, _) where Self.isNoRank(name):
      "The model has no class '\(name)'. After 'top' stands how many of the likeliest classes are "
        + "explained, at least 1."
    case .unknownClass(let name, let labels):
      "The model has no class '\(name)'."
        + ((Int(name) == nil ? EditDistance.nearest(to: name, among: labels) : nil)
          .map { " Did you mean '\($0)'?" }
          ?? " It has \(labels.count): \(labels.prefix(10).joined(separator: ", "))"
          + (labels.count > 10 ? ", ..." : "."))
    case .sameClassTwice(let name):
      "The target contrasts '\(name)' with itself. Name two classes."
    case .contrastOfProbabilities:
      "A contrast explains the difference of two logits, which is the log of the odds. "
        + "Leave out --output-kind probability."
    }
  }

  /// Whether a name looks like the likeliest classes, but with a number that no class can have.
  private static func isNoRank(_ name: String) -> Bool {
    name.hasPrefix("top") && (Int(name.dropFirst(3)).map { $0 < 1 } ?? false)
  }
}

extension ModelChoiceError: DescribedError {
  var sentence: String {
    switch self {
    case .labelsMissing(let path):
      "\(path): there is no such file. Name a file of labels, or write them with commas between."
    case .labelsUnreadable(let path):
      "\(path): these are no labels. Write one on each line."
    case .labelsNotText(let path):
      "\(path): this is no text in UTF-8. Convert it (`iconv -t UTF-8`), or name another file."
    case .labelCount(let found, let classes):
      "--labels has \(found) names, but the model has \(classes) classes."
    }
  }
}
