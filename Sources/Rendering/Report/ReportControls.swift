/// The bar above the images. Which method is shown is chosen without scripts; the rest needs them.
struct ReportControls {
  let report: Report

  var html: String {
    """
    <fieldset class="methods"><legend>Maps</legend>\(methods)</fieldset>
    <label class="scripted">Image <input id="blend" type="range" min="0" max="2" step="0.02"
    value="1" aria-label="from the image to the map"> map</label>
    <label class="scripted">Size <input id="size" type="range" min="80" max="420" step="4"
    value="132"></label>
    <label class="scripted">Class <select id="class"><option value="">all</option>\(classes)\
    </select></label>
    <label class="scripted">Show <select id="state">\(states)</select></label>
    <label class="scripted">Order <select id="order"><option value="input">as given</option>
    <option value="unsure">least certain first</option>
    <option value="sure">most certain first</option>
    <option value="error">largest error first</option>
    <option value="path">by path</option></select></label>
    <label class="scripted">Path <input id="path" type="search" placeholder="contains…"></label>
    <output id="count" class="scripted faint"></output>
    """
  }

  private var methods: String {
    let all = #"<label><input type="radio" name="method" id="show-all" checked> all</label>"#
    let single = report.views.enumerated().map { number, view in
      #"<label><input type="radio" name="method" id="show-\#(number)"> "#
        + "\(HTMLText.escape(view))</label>"
    }
    return all + single.joined()
  }

  private var classes: String {
    report.classes.map { group in
      let label = HTMLText.escape(group.label)
      return #"<option value="\#(label)">\#(label) (\#(group.count))</option>"#
    }.joined()
  }

  private var states: String {
    var states = [("", "all")]
    if report.counts.wrong != nil { states.append(("wrong", "wrong predictions")) }
    states.append(("uncertain", "uncertain predictions"))
    if report.counts.unlikeTraining > 0 {
      states.append(("unlike", "unlike the training data"))
    }
    if report.counts.failed > 0 { states.append(("failed", "failed images")) }
    states.append(("flat", "flat maps"))
    return states.map { #"<option value="\#($0.0)">\#($0.1)</option>"# }.joined()
  }
}
