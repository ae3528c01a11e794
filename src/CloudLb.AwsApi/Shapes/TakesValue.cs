namespace CloudLb.AwsApi.Shapes;

/// <summary>Takes a value for one of that type.</summary>
internal delegate bool TakesValue<T>(WireValue value, out T taken);
