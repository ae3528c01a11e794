using System.Globalization;

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>
/// How long the fuzz run goes on and what it begins with: a short one among the other tests, as long as <c>tests/run --fuzz</c> asks for by
/// itself.
/// </summary>
internal static class FuzzRun
{
    /// <summary>
    /// From so many on a fifth of them has every buffer, cache and heap as large as it gets, so that memory can be compared.
    /// </summary>
    public const int LongEnoughForMemory = 200_000;

    private const int AmongOtherTests = 5000;

    private const int UsualSeed = 1;

    public static int Requests { get; } = int.TryParse(Environment.GetEnvironmentVariable("CLOUDLB_FUZZ_REQUESTS"), out var requests)
        ? requests
        : AmongOtherTests;

    /// <summary>The same requests each time, unless <c>CLOUDLB_FUZZ_SEED</c> gives another number or says <c>random</c>.</summary>
    public static int Seed { get; } = Environment.GetEnvironmentVariable("CLOUDLB_FUZZ_SEED") switch
    {
        "random" => Random.Shared.Next(),
        { Length: > 0 } number => int.Parse(number, CultureInfo.InvariantCulture),
        _ => UsualSeed,
    };
}
