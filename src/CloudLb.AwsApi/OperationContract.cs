using CloudLb.AwsApi.Dispatch;

namespace CloudLb.AwsApi;

/// <summary>What the service's model says of one operation.</summary>
public abstract class OperationContract
{
    private protected OperationContract(string name, string resultWrapper, IReadOnlyList<ErrorContract> errors)
    {
        Name = name;
        ResultWrapper = resultWrapper;
        Errors = errors;
    }

    /// <summary>The value of the parameter <c>Action</c>.</summary>
    public string Name { get; }

    /// <summary>The element around the result; clients look it up by this name. Empty in EC2's form, which has none.</summary>
    public string ResultWrapper { get; }

    public IReadOnlyList<ErrorContract> Errors { get; }

    /// <summary>The client's side, for whoever has a request as JSON: its members as the operation knows them, and no others.</summary>
    /// <exception cref="InvalidDataException">It is no request of this operation.</exception>
    public abstract byte[] ReadRequest(ReadOnlyMemory<byte> json);

    /// <summary>The client's side: the form body that asks for this operation with the request that stands in JSON.</summary>
    /// <exception cref="InvalidDataException">It is no request of this operation.</exception>
    public abstract string WriteForm(ReadOnlyMemory<byte> json, string version);

    /// <summary>The client's side: the result inside a success answer, as JSON.</summary>
    /// <exception cref="InvalidDataException">The text is not an answer to this operation.</exception>
    public abstract byte[] ReadAnswer(string xml);

    /// <summary>The type of class that can carry the operation out.</summary>
    internal abstract Type OperationType { get; }

    internal abstract BoundOperation Bind(ServiceContract service, object operation);
}
