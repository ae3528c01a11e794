namespace CloudLb.Tests.Clients.Faults;

/// <summary>
/// How long the fault suite goes on: a few rounds among the other tests, as many as <c>tests/run --faults</c> asks for by itself.
/// </summary>
internal static class FaultRounds
{
    private const int AmongOtherTests = 6;

    public static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("CLOUDLB_FAULT_ROUNDS"), out var rounds)
        ? rounds
        : AmongOtherTests;
}
