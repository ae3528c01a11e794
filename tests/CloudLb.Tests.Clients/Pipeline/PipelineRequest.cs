using Amazon.Runtime;

namespace CloudLb.Tests.Clients.Pipeline;

/// <summary>A request as the contracts write it.</summary>
internal sealed class PipelineRequest(string form) : AmazonWebServiceRequest
{
    public string Form { get; } = form;
}
