using CloudLb.AwsApi;

namespace CloudLb.Elb.Mapping;

/// <summary>Lists that a request must have.</summary>
internal static class ListMapping
{
    /// <summary>The list as it is; one without members is a ValidationError, as a list that is missing is.</summary>
    /// <param name="list">The list.</param>
    /// <param name="name">Its name on the wire.</param>
    public static IReadOnlyList<T> NotEmpty<T>(this IReadOnlyList<T> list, string name) =>
        list.Count > 0 ? list : throw CommonErrors.ValidationError.Because($"{name} cannot be empty");
}
