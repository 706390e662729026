// Training: data sets, augmentation, optimisers, schedules, the loop, checkpoints, and how good the
// result is.
//
// It knows networks and pictures. It knows nothing of explanations, of model files (the command line
// puts a trained graph into one) or of terminals: progress is handed out as values.
