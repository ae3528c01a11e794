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

    /// <summary>The type of class that can carry the operation out.</summary>
    internal abstract Type OperationType { get; }

    internal abstract BoundOperation Bind(ServiceContract service, object operation);
}
