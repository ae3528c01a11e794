using Amazon.Runtime;

namespace CloudLb.Tests.Clients.Pipeline;

/// <summary>An answer that the pipeline took for a success.</summary>
internal sealed class PipelineAnswer : AmazonWebServiceResponse
{
    public string Xml { get; init; } = "";
}
