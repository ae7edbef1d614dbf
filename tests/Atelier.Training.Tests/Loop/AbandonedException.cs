namespace Atelier.Training.Tests.Loop;

/// <summary>Ends a loop as a kill does: nothing after it runs, nothing is saved.</summary>
internal sealed class AbandonedException : Exception;
