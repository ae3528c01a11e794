using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.Tests.Clients.Pipeline;

/// <summary>
/// A client for Classic ELB on the AWS SDK for .NET's own pipeline: its signer, retries, clock-skew correction and error handling are
/// AWS's; requests are written and answers read by CloudLb's contracts, which are generated from AWS's model as the SDK's own marshallers
/// are.
/// </summary>
internal sealed class ElbPipelineClient(AWSCredentials credentials, ElbPipelineConfig config) : AmazonServiceClient(credentials, config)
{
    /// <exception cref="ElbPipelineException">The service refused, and trying again did not help.</exception>
    public Task<TResponse> CallAsync<TRequest, TResponse>(
        OperationContract<TRequest, TResponse> operation, TRequest request, CancellationToken cancellationToken)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse> => CallAsync(operation, Config.ServiceVersion, request, cancellationToken);

    /// <summary>As above, for another version of the API than Classic's.</summary>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        OperationContract<TRequest, TResponse> operation, string version, TRequest request, CancellationToken cancellationToken)
        where TRequest : class, IShape<TRequest>
        where TResponse : class, IShape<TResponse>
    {
        var answer = await InvokeAsync<PipelineAnswer>(
            new PipelineRequest(operation.WriteRequest(request, version)),
            new InvokeOptions
            {
                RequestMarshaller = PipelineMarshaller.Instance,
                ResponseUnmarshaller = new PipelineUnmarshaller(operation),
            },
            cancellationToken);
        return operation.ReadResponse(answer.Xml);
    }

    /// <summary>The two handlers that each of the SDK's services brings itself: which scheme signs, and where the endpoint is.</summary>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.AddHandlerAfter<Marshaller>(new EndpointOfTheSettings());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Alone());
    }

    private sealed class SigV4Alone : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
    }

    private sealed class EndpointOfTheSettings : BaseEndpointResolver
    {
        protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) => new();
    }
}
