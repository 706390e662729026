import Imaging

extension ForeignFormat {
  /// With its article.
  var words: String {
    switch self {
    case .gif: "a GIF"
    case .webP: "a WebP"
    case .tiff: "a TIFF"
    case .bmp: "a BMP"
    case .heic: "a HEIC"
    case .avif: "an AVIF"
    case .jpegXL: "a JPEG XL"
    case .jpeg2000: "a JPEG 2000"
    case .icon: "an icon"
    case .photoshop: "a Photoshop file"
    case .netpbm: "a Netpbm picture"
    case .idx: "an IDX data set"
    case .numpy: "a NumPy array"
    case .pdf: "a PDF"
    case .svg: "an SVG"
    case .html: "a web page (HTML)"
    case .xml: "XML"
    case .zip: "a ZIP archive"
    case .gzip: "a gzip archive"
    case .text: "text"
    }
  }

  var advice: String {
    switch self {
    case .gif, .webP, .tiff, .bmp, .heic, .avif, .jpegXL, .jpeg2000, .icon, .photoshop, .netpbm,
      .pdf, .svg:
      "Convert it to PNG or JPEG first."
    case .idx, .numpy: "Save its images as PNG first."
    case .html, .xml, .text: "Check that it is the file you meant."
    case .zip, .gzip: "Unpack it first."
    }
  }
}
