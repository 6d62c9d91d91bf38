export declare const KERNEL_CORE: string;
