using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using CloudLb.AwsApi;

namespace CloudLb.Tests.Clients.Pipeline;

/// <summary>
/// Keeps a success as it is, and makes exceptions of errors as the SDK's generated code does: modelled ones are told apart by their code.
/// </summary>
internal sealed class PipelineUnmarshaller(OperationContract operation) : XmlResponseUnmarshaller
{
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context)
    {
        using var reader = new StreamReader(context.Stream);
        return new PipelineAnswer { Xml = reader.ReadToEnd() };
    }

    public override AmazonServiceException UnmarshallException(
        XmlUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(context);
        var modelled = operation.Errors.SingleOrDefault(contract => contract.Code == error.Code);
        return new ElbPipelineException(modelled, error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
    }
}
