using System.Net;
using System.Xml.Linq;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>An answer of the demo server, read to its end.</summary>
internal sealed record Answer(HttpResponseMessage Response, string Body)
{
    public int Status => (int)Response.StatusCode;

    public string? Code => ErrorResponse.Read(Body).Code;

    public string? Message => ErrorResponse.Read(Body).Message;

    public string? Header(string name) => Response.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    public XElement Xml => XElement.Parse(Body);

    public (int Status, string? Code, string? Message) Error => (Status, Code, Message);

    public EchoResponse Echo()
    {
        Assert.Equal(HttpStatusCode.OK, Response.StatusCode);
        return AwsApi.Echo.Contract.ReadResponse(Body);
    }
}
