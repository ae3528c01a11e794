using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace CloudLb.Tests.Clients.Pipeline;

/// <summary>Hands the parameters over; the SDK encodes and signs them.</summary>
internal sealed class PipelineMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public static readonly PipelineMarshaller Instance = new();

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, "AmazonElasticLoadBalancing");
        foreach (var parameter in ((PipelineRequest)input).Form.Split('&'))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            request.Parameters.Add(parameter[..equals], Uri.UnescapeDataString(parameter[(equals + 1)..]));
        }

        return request;
    }
}
