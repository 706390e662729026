import Pipeline

extension DiscoveryError: DescribedError {
  var sentence: String {
    switch self {
    // A command line without any path is wrong usage.
    case .nothingNamed:
      "Standard input named no pictures. Write their paths to it, one on each line."
    case .missing(""):
      "An empty name is no file or folder. Check the name."
    case .missing(let path):
      "\(path): there is no such file or folder. Check the name."
    case .unreadableFolder(let path):
      "\(path): the folder cannot be read. Check its permissions."
    case .nothingFound(let folder):
      "\(folder): there are no PNG or JPEG files in this folder."
    case .onlyDrawings(let folder):
      "\(folder): Whylight drew all pictures in this folder. Name those to take, one by one or by a "
        + "pattern ('*.png')."
    }
  }
}
