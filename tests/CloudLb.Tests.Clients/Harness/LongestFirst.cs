using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(CloudLb.Tests.Clients.Harness.LongestFirst))]

namespace CloudLb.Tests.Clients.Harness;

/// <summary>
/// Begins with the tests that take longest, so that they are not left alone on one processor when all others are done; otherwise the order
/// is xUnit's. Tests that mostly wait, as Terraform's do, have to stay among those that keep processors busy.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <summary>The documents' is among them, which takes five minutes.</summary>
    private const string Longest = "Port 80";

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName == Longest ? 0 : 1)];
}
