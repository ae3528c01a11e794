using CloudLb.AwsApi.Protocols.Documents;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Dispatch;

/// <summary>What a call brings, taken apart when somebody first asks for it: the same tree for all who do.</summary>
internal sealed class CallInput(ApiRequest request, ServiceContract? service)
{
    private WireValue? _root;

    /// <exception cref="WireException">It is no document of the call's protocol.</exception>
    public WireValue Root => _root ??= request.Target is { } target
        ? Document.Read(request.Content, target.Protocol)
        : ParameterNode.Root(request.Parameters, service?.IsEc2 == true);

    /// <summary>As parameters of the Query protocol, for what is written down.</summary>
    /// <exception cref="WireException">As for <see cref="Root"/>.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters
    {
        get
        {
            if (Root is not DocumentValue document)
            {
                return request.Parameters;
            }

            var parameters = new List<KeyValuePair<string, string>>();
            document.Flatten("", parameters);
            return parameters;
        }
    }
}
