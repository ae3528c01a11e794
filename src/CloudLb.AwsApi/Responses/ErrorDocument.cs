using CloudLb.AwsApi.Protocols.Query;

namespace CloudLb.AwsApi.Responses;

/// <summary>AWS's forms of an error in the query protocol.</summary>
internal static class ErrorDocument
{
    /// <summary>AWS's namespace for errors of no known service.</summary>
    private const string NoServiceNamespace = "http://webservices.amazon.com/AWSFault/2005-15-09";

    /// <param name="service">Null when the request did not name one that is served.</param>
    public static void Write(Utf8Buffer buffer, ServiceContract? service, WireError error, string requestId)
    {
        var writer = new XmlShapeWriter(buffer);
        if (service?.IsEc2 == true)
        {
            WriteEc2(writer, error, requestId);
        }
        else
        {
            WriteQuery(buffer, writer, service?.XmlNamespace ?? NoServiceNamespace, error, requestId);
        }

        buffer.Append((byte)'\n');
    }

    private static void WriteQuery(Utf8Buffer buffer, XmlShapeWriter writer, string xmlNamespace, WireError error, string requestId)
    {
        buffer.Append("<ErrorResponse xmlns=\""u8);
        XmlText.Append(buffer, xmlNamespace);
        buffer.Append("\">"u8);
        writer.Start("Error"u8);
        writer.String("Type"u8, error.HttpStatus < 500 ? "Sender" : "Receiver");
        writer.String("Code"u8, error.Code);
        writer.String("Message"u8, error.Message);
        error.Details?.Write(writer);
        writer.End("Error"u8);
        writer.String("RequestId"u8, requestId);
        writer.End("ErrorResponse"u8);
    }

    private static void WriteEc2(XmlShapeWriter writer, WireError error, string requestId)
    {
        writer.Start("Response"u8);
        writer.Start("Errors"u8);
        writer.Start("Error"u8);
        writer.String("Code"u8, error.Code);
        writer.String("Message"u8, error.Message);
        writer.End("Error"u8);
        writer.End("Errors"u8);
        writer.String("RequestID"u8, requestId);
        writer.End("Response"u8);
    }
}
