namespace Atelier.Metrics;

/// <summary>Gives images in order: called with start 0, then where the last batch ended.</summary>
/// <param name="start">Index of the first image that is wanted.</param>
/// <param name="count">How many are wanted; exactly so many must come back.</param>
public delegate ImageBatch ImageFeed(int start, int count);
