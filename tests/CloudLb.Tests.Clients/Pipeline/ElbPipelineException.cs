using System.Net;
using Amazon.Runtime;
using CloudLb.AwsApi;

namespace CloudLb.Tests.Clients.Pipeline;

/// <summary>What the SDK throws for an error of the service.</summary>
/// <param name="modelled">The error in the operation's model, for which the SDK has a class of its own; null for all others.</param>
internal sealed class ElbPipelineException(
    ErrorContract? modelled, string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
    HttpStatusCode statusCode)
    : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public ErrorContract? Modelled { get; } = modelled;
}
