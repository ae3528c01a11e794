using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(CloudLb.Tests.Clients.Harness.LongestFirst))]

namespace CloudLb.Tests.Clients.Harness;

/// <summary>
/// Begins with the tests that take minutes, so that none of them is left alone on one processor when all others are done; otherwise the
/// order is xUnit's.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <summary>Parts of the names of collections, the longest first.</summary>
    private static readonly string[] Long = ["Port 80", ".Terraform.", ".Ansible.", ".Packages."];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Place(collection.TestCollectionDisplayName))];

    private static int Place(string name)
    {
        var place = Array.FindIndex(Long, part => name.Contains(part, StringComparison.Ordinal));
        return place < 0 ? Long.Length : place;
    }
}
