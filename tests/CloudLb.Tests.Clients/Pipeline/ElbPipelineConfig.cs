using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace CloudLb.Tests.Clients.Pipeline;

/// <summary>What the AWS SDK for .NET knows of a service: here Classic ELB, by the name and version in its model.</summary>
internal sealed class ElbPipelineConfig : ClientConfig
{
    public ElbPipelineConfig()
        : base(new DefaultConfigurationProvider(
            [new DefaultConfiguration { Name = DefaultConfigurationMode.Standard, RetryMode = RequestRetryMode.Standard }]))
    {
        ServiceId = "Elastic Load Balancing";
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new FixedEndpoint(this);
    }

    public override string ServiceVersion => "2012-06-01";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("ElasticLoadBalancing", "4.0.0");

    public override string RegionEndpointServiceName => "elasticloadbalancing";

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => new(ServiceURL);

    private sealed class FixedEndpoint(ElbPipelineConfig config) : IEndpointProvider
    {
        public Endpoint ResolveEndpoint(EndpointParameters parameters) => new(config.ServiceURL);
    }
}
