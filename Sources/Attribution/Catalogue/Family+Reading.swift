/// What readers of a map have to know, unless the method's own entry in the catalogue says otherwise.
///
/// Words of signs stand only where maps have signs, sums only where they are promised, and all is true
/// for any setting of the method.
extension MethodDescription.Family {
  /// How to read a map.
  var reading: String {
    switch self {
    case .gradient:
      "A pixel's value says how the score would change if the pixel became a little brighter, as the "
        + "model sees it: up where it is positive, down where it is negative."
    case .path:
      "A pixel's value is its share of the difference between the score of this image and that of "
        + "the baseline (of several, their mean): positive values raised the score, negative ones "
        + "lowered it, and together they add up to the difference, but for what is shown as missing."
    case .cam:
      "Large values lie where the layer that was looked into found what speaks for the class. The "
        + "map is as coarse as that layer and was enlarged to the image."
    case .relevance:
      "The score was handed back from layer to layer to the pixels: positive values took part in "
        + "it, negative ones stood against it. They add up to the score, less what the network's "
        + "own constants and the rules take."
    case .perturbation:
      "A part's value says what the score loses when the part is taken away: positive where the "
        + "score needs it, negative where the score is higher without."
    case .surrogate:
      "A simple model was fitted to the scores of images with some parts taken away. A part's value "
        + "is its weight in that model: positive parts raise the score, negative ones lower it."
    case .control:
      "This map knows nothing of the model. A map of another method that looks like it does not "
        + "say much about the model either."
    }
  }

  /// What a map does not say.
  var caution: String {
    switch self {
    case .gradient:
      "It holds for tiny changes only. Where the score is saturated, what matters most may have no "
        + "gradient at all, and neighbouring pixels often differ by noise."
    case .path:
      "It depends on the baseline: pixels that look like the baseline get next to nothing, whatever "
        + "they mean to a person."
    case .cam:
      "It does not say which pixels within a coarse cell mattered, and where the map is cut at zero, "
        + "nothing about what spoke against the class."
    case .relevance:
      "Its rules are conventions that make maps legible; another rule gives another map of the same "
        + "model."
    case .perturbation:
      "A picture with something replaced may be unlike all that the model has seen, and parts that "
        + "can stand in for one another each look unimportant."
    case .surrogate:
      "It is as good as the simple model fits, and it speaks of whole parts as they were cut, not "
        + "of pixels. Which parts are taken away is drawn by chance, unless all ways are tried; the "
        + "records estimate that error."
    case .control:
      "Anything about this model."
    }
  }
}
