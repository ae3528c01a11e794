using System.Text.Json;
using CloudLb.Core;
using CloudLb.Core.LoadBalancers;

namespace CloudLb.Storage.Sqlite;

/// <summary>A row of <c>load_balancer</c>, as far as it is read.</summary>
internal sealed record LoadBalancerRow(string AccountId, string Region, string Name, string Document)
{
    /// <exception cref="JsonException">The document is not what the row's key promises.</exception>
    public LoadBalancer ToDomain()
    {
        try
        {
            var loadBalancer = LoadBalancerDocument.Read(Document);
            return (loadBalancer.Key.Account.ToString(), loadBalancer.Key.Region, loadBalancer.Key.Name) == (AccountId, Region, Name)
                ? loadBalancer
                : throw new JsonException($"It is of another load balancer, {loadBalancer.Key}.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException or ServiceException)
        {
            // The converters of the domain's own types throw what their constructors and parsers throw.
            throw new JsonException($"The document of {AccountId}/{Region}/{Name} cannot be read: {exception.Message}", exception);
        }
    }
}
