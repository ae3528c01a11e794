using Microsoft.Extensions.Options;

namespace CloudLb.Server.Settings;

/// <summary>
/// The defaults of lists: what is given stands in the place of these, and not behind them as .NET's binder would have it.
/// </summary>
internal sealed class ServerDefaults : IPostConfigureOptions<ServerOptions>
{
    public void PostConfigure(string? name, ServerOptions options)
    {
        if (options.AddressPool.Count == 0)
        {
            options.AddressPool.Add("127.0.64.0/18");
        }

        if (options.ServicePaths.Count == 0)
        {
            // Where Eucalyptus, whose clients know no other form, has Elastic Load Balancing, IAM, STS and EC2; and where Apache Libcloud
            // looks for each version of Elastic Load Balancing, at AWS too.
            options.ServicePaths.AddRange(
            [
                "/services/LoadBalancing", "/services/Euare", "/services/Tokens", "/services/compute", "/2012-06-01", "/2015-12-01",
            ]);
        }
    }
}
